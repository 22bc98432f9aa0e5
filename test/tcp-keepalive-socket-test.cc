/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-socket-test-case.h"
#include "tcp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief TcpKeepaliveSocket: probes, the end of connections, and why they ended.
 *
 * A connects to B, 1 ms away; the handshake is over after 2 ms at A and 3 ms at B.
 *
 * Behaviours:
 *  1. a peer that answers is probed every max(T + RTT, I), and stays; each side on its own account
 *  2. cut off at any time, it is given up between n*I and T + n*I later, as the closed form says
 *  3. each profile sends its probes at its times, and gives up when it does
 *  4. the other end hears of it at its next segment, by a reset, and can connect again
 *  5. a connection refused fails after a round trip; one not answered when the SYNs are used up
 *  6. a reset is believed at the expected sequence number only, and never answered by another
 *  7. Abort sends RST with ACK and frees the port at once; Forget sends nothing
 *  8. a host that forgot a connection can make it again with the same ports
 *  9. closing in order ends once at each end, whoever begins, also at the same time
 * 10. a FIN, and data before it, are repeated with backoff, and given up; nothing runs for ever
 * 11. segments that arrive do not undo the backoff
 * 12. attributes left at zero follow the profile, others do not; accepted sockets inherit them
 * 13. probes are not ECN-capable; over IPv6 all is the same
 * 14. for stacks where any segment counts, the peer's probes do, too
 * 15. unread data turns Close into a reset
 * 16. data and a user timeout; a closed window opens again, and a connection ends without a window
 * 17. the handshake survives the loss of its last segment; a FIN is acknowledged from TIME-WAIT
 * 18. connections come and go by the thousand and leave nothing
 * 19. a simulation may end at any time
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

constexpr uint16_t PORT = TcpTestNetwork::PORT; //!< where B listens

/// Behaviour 1.
class AliveTestCase : public TcpSocketTestCase
{
  public:
    AliveTestCase()
        : TcpSocketTestCase("A peer that answers is probed every max(T + RTT, I)")
    {
    }

  private:
    void DoRun() override
    {
        Prepare();
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        Connect();
        Run(Seconds(9));
        // Established at 2 ms; answered after 2 ms each time.
        ExpectTimes(m_network->GetTimes(true, "A", Seconds(1)), {2002, 4004, 6006, 8008}, "probe");
        ExpectTimes(m_network->GetTimes(false, "A", Seconds(1)),
                    {2003, 4005, 6007, 8009},
                    "answer");
        for (const auto& seen : m_network->segments)
        {
            if (seen.when > Seconds(1))
            {
                NS_TEST_EXPECT_MSG_EQ(seen.seq, (seen.fromA ? 0 : 1), "before the window");
                NS_TEST_EXPECT_MSG_EQ(seen.ack, 1, "all there is");
                NS_TEST_EXPECT_MSG_EQ(seen.length, 0, "no data");
            }
        }
        NS_TEST_ASSERT_MSG_EQ(m_a->probes.size(), 4, "KeepaliveTx");
        NS_TEST_ASSERT_MSG_EQ(m_a->answers.size(), 4, "KeepaliveRx");
        NS_TEST_EXPECT_MSG_EQ(m_a->probes[1].first, MilliSeconds(4004), "when sent");
        NS_TEST_EXPECT_MSG_EQ(m_a->probes[1].second, 1, "counted");
        NS_TEST_EXPECT_MSG_EQ(m_a->answers[1].first, MilliSeconds(4006), "when answered");
        NS_TEST_EXPECT_MSG_EQ(m_a->answers[1].second, 1, "not yet reset");
        NS_TEST_EXPECT_MSG_EQ(m_a->probePackets[0]->GetSize(), 32, "header with timestamps");
        NS_TEST_EXPECT_MSG_EQ(m_client->GetLastLife(), MilliSeconds(8010), "last life");
        NS_TEST_EXPECT_MSG_EQ(m_client->GetUnanswered(), 0, "nothing unanswered");
        NS_TEST_EXPECT_MSG_EQ((m_client->GetEndCause() == TcpEndCause::NONE), true, "no end");
        NS_TEST_EXPECT_MSG_EQ(m_b->probes.size(), 0, "B has no keepalives");
        NS_TEST_EXPECT_MSG_EQ(m_b->answers.size(), 0, "and awaits no answer");
        NS_TEST_EXPECT_MSG_EQ(m_b->socket->GetLastLife(), MilliSeconds(3), "probes are no life");

        // I longer than T + RTT: the tick after a probe sends the next one.
        Finish();
        Begin();
        Prepare();
        SetKeepalive(m_client, Seconds(2), Seconds(5), 3);
        Connect();
        Run(Seconds(18));
        ExpectTimes(m_network->GetTimes(true, "A", Seconds(1)),
                    {2002, 7002, 12002, 17002},
                    "I > T");
    }
};

/// Behaviour 2.
class ClosedFormTestCase : public TcpSocketTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param idle T in ms
     * @param interval I in ms
     * @param probes n
     */
    ClosedFormTestCase(int64_t idle, int64_t interval, uint32_t probes)
        : TcpSocketTestCase("Detection time is as the closed form says, T " + std::to_string(idle) +
                            " I " + std::to_string(interval) + " n " + std::to_string(probes)),
          m_idle(idle),
          m_interval(interval),
          m_probes(probes)
    {
    }

  private:
    void DoRun() override
    {
        // Probes are sent every cycle from 2 ms + T on and answered 2 ms later. An interval longer
        // than that stretches the cycle: the first lost probe goes I - RTT after the last answer.
        const Time cycle = MilliSeconds(std::max(m_idle + 2, m_interval));
        const Time heard = MilliSeconds(2 + m_idle) + cycle + MilliSeconds(2);
        const Time probe = heard + cycle - MilliSeconds(2);
        const Time limit = probe - heard + MilliSeconds(m_interval * m_probes);
        const Time cuts[] = {heard,
                             heard + NanoSeconds(1),
                             heard + MilliSeconds(m_idle / 3),
                             probe - NanoSeconds(1),
                             probe,
                             probe + MilliSeconds(2) - NanoSeconds(1)};
        for (const Time& cut : cuts)
        {
            // An answer at the instant of the cut is lost or not: keep out of its way.
            const Time when = cut == heard ? heard + NanoSeconds(1) : cut;
            Finish();
            Begin();
            Prepare();
            SetKeepalive(m_client, MilliSeconds(m_idle), MilliSeconds(m_interval), m_probes);
            Connect();
            m_network->CutAt(when);
            Run(Seconds(3000));
            ExpectEnd(*m_a, "A", TcpEndCause::KEEPALIVE, heard + limit);
            const Time detection = m_a->ends[0].first - when;
            NS_TEST_EXPECT_MSG_EQ(detection, limit - (when - heard), "T + n*I - phi");
            NS_TEST_EXPECT_MSG_LT_OR_EQ(detection, limit, "worst: T + n*I, or I for T");
            NS_TEST_EXPECT_MSG_GT(detection, limit - cycle, "best: n*I - RTT");
            NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses.size(), 1, "A is told, once");
            NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses[0], heard + limit, "A is told when");
            NS_TEST_EXPECT_MSG_EQ(m_a->normalCloses.size(), 0, "and of nothing else");
            ExpectTimes(m_network->GetTimes(true, "RA"),
                        {(heard + limit).GetMilliSeconds()},
                        "reset");
            NS_TEST_EXPECT_MSG_EQ(m_b->ends.size(), 0, "B does not notice");
            NS_TEST_EXPECT_MSG_EQ(Send(*m_a, 1), -1, "no more data");
        }
    }

    const int64_t m_idle;     //!< T in ms
    const int64_t m_interval; //!< I in ms
    const uint32_t m_probes;  //!< n
};

/// Behaviour 3.
class ProfileDeathTestCase : public TcpSocketTestCase
{
  public:
    ProfileDeathTestCase()
        : TcpSocketTestCase("Each profile gives a silent peer up at its time")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            const char* profile; //!< its name
            std::size_t probes;  //!< probes sent
            int64_t end;         //!< silence until the end, in s
            uint32_t length;     //!< octets of a probe
        };

        const Row rows[] = {{"linux", 9, 7875, 0},
                            {"windows-vista", 10, 7210, 1},
                            {"windows-xp", 5, 7205, 1},
                            {"freebsd", 8, 7800, 0},
                            {"macos", 8, 7800, 0},
                            {"solaris", 15, 7680, 0},
                            {"rfc1122", 8, 7800, 0}};
        for (const Row& row : rows)
        {
            Finish();
            Begin();
            Prepare(row.profile);
            m_client->SetAttribute("KeepaliveEnabled", BooleanValue(true));
            Connect();
            m_network->CutAt(Seconds(1));
            Run(Seconds(10000));
            ExpectEnd(*m_a,
                      row.profile,
                      TcpEndCause::KEEPALIVE,
                      Seconds(row.end) + MilliSeconds(2));
            const auto sent = m_network->GetTimes(true, "A", Seconds(1));
            NS_TEST_ASSERT_MSG_EQ(sent.size(), row.probes, row.profile << ": probes");
            NS_TEST_EXPECT_MSG_EQ(sent[0], Seconds(7200) + MilliSeconds(2), row.profile);
            for (const auto& seen : m_network->segments)
            {
                if (seen.when > Seconds(1) && seen.flags == "A")
                {
                    NS_TEST_EXPECT_MSG_EQ(seen.length, row.length, row.profile << ": octets");
                    NS_TEST_EXPECT_MSG_EQ(seen.seq, 0, row.profile << ": sequence number");
                }
            }
        }
    }
};

/// Behaviour 4.
class OtherEndTestCase : public TcpSocketTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param byServer B gives A up, while it goes on listening; else A gives B up
     */
    explicit OtherEndTestCase(bool byServer)
        : TcpSocketTestCase(byServer ? "The client hears of the end by a reset from the listener"
                                     : "The server hears of the end by a reset"),
          m_byServer(byServer)
    {
    }

  private:
    void DoRun() override
    {
        Prepare();
        SetKeepalive(m_byServer ? m_listener : m_client, Seconds(2), Seconds(1), 3);
        Connect();
        m_network->CutAt(Seconds(1));
        m_network->HealAt(Seconds(20));
        SocketLog& quick = m_byServer ? *m_b : *m_a;
        SocketLog& slow = m_byServer ? *m_a : *m_b;
        At(Seconds(21) - NanoSeconds(1), [&slow]() { Send(slow, 19); });
        At(Seconds(22), [this]() {
            // "so a new connection can be established" (seed 002)
            m_client = m_network->MakeSocket(0);
            m_client->Connect(InetSocketAddress("10.0.0.2", PORT));
        });
        Run(Seconds(20));
        ExpectEnd(quick,
                  "quick end",
                  TcpEndCause::KEEPALIVE,
                  Seconds(5) + MilliSeconds(m_byServer ? 3 : 2));
        Run(Seconds(30));
        ExpectEnd2(slow);
        ExpectTimes(m_network->GetTimes(!m_byServer, "R"), {21001}, "one reset");
        NS_TEST_EXPECT_MSG_EQ(slow.errorCloses.size(), 1, "an error, once");
        NS_TEST_EXPECT_MSG_EQ(slow.normalCloses.size(), 0, "no normal close");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(m_byServer, "R").size() +
                                  m_network->GetTimes(m_byServer, "RA", Seconds(6)).size(),
                              0,
                              "no reset answers a reset");
        NS_TEST_EXPECT_MSG_EQ((m_client->GetEndCause() == TcpEndCause::NONE), true, "again");
        NS_TEST_EXPECT_MSG_EQ(m_b->connected.size(), 2, "accepted twice");
    }

    /**
     * @brief The slow end was reset; the log may follow the new connection by then.
     * @param log of this end
     */
    void ExpectEnd2(const SocketLog& log)
    {
        NS_TEST_ASSERT_MSG_EQ(log.ends.size(), 1, "ends once");
        NS_TEST_EXPECT_MSG_EQ(log.ends[0].first, MilliSeconds(21002), "slow end: when");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(log.ends[0].second)),
                              "reset-by-peer",
                              "slow end: why");
    }

    const bool m_byServer; //!< B gives A up
};

/// Behaviour 5.
class ConnectTestCase : public TcpSocketTestCase
{
  public:
    ConnectTestCase()
        : TcpSocketTestCase("Connections are refused after a round trip, or time out")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool timestamps : {true, false})
        {
            Finish();
            Begin();
            m_client = m_network->MakeSocket(0);
            m_client->SetAttribute("Timestamp", BooleanValue(timestamps));
            m_a->Attach(m_client);
            Connect();
            Run(Seconds(300));
            ExpectEnd(*m_a, "refused", TcpEndCause::REFUSED, MilliSeconds(2));
            ExpectTimes(m_a->failed, {2}, "callback");
            NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses.size(), 0, "no other callback");
            NS_TEST_EXPECT_MSG_EQ(m_network->segments.size(),
                                  2,
                                  "SYN and RST" << m_network->Print());
            NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, "freed");
        }

        struct Row
        {
            const char* profile;       //!< its name
            std::vector<int64_t> syns; //!< in s
            int64_t end;               //!< in s
        };

        const Row rows[] = {{"linux", {0, 1, 3, 7, 15, 31, 63}, 127},
                            {"windows-xp", {0, 3, 9}, 21},
                            {"rfc1122", {0, 3, 9, 21, 45, 93}, 189}};
        for (const Row& row : rows)
        {
            Finish();
            Begin();
            Prepare(row.profile);
            m_network->SetCut(true, true, true);
            Connect();
            Simulator::Run(); // it ends by itself
            ExpectEnd(*m_a, row.profile, TcpEndCause::CONNECT_TIMEOUT, Seconds(row.end));
            std::vector<int64_t> ms;
            for (int64_t s : row.syns)
            {
                ms.push_back(s * 1000);
            }
            ExpectTimes(m_network->GetTimes(true, "S"), ms, row.profile);
            NS_TEST_EXPECT_MSG_EQ(m_a->failed.size(), 1, "callback");
        }

        // What the user says goes before what the profile says. The passive end gives up as well.
        Finish();
        Begin();
        Prepare();
        m_client->SetAttribute("ConnTimeout", TimeValue(Seconds(2)));
        m_client->SetAttribute("ConnCount", UintegerValue(3));
        m_network->SetCut(true, false, true);
        Connect();
        Simulator::Run();
        ExpectEnd(*m_a, "2 s, 3 SYNs", TcpEndCause::CONNECT_TIMEOUT, Seconds(14));
        NS_TEST_ASSERT_MSG_EQ(m_b->ends.size(), 1, "passive end");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_b->ends[0].second)),
                              "connect-timeout",
                              "passive end");

        // Close and Abort while connecting.
        for (const bool close : {true, false})
        {
            Finish();
            Begin();
            Prepare();
            m_network->SetCut(true, true, true);
            Connect();
            At(Seconds(5), [this, close]() {
                if (close)
                {
                    m_client->Close();
                }
                else
                {
                    m_client->Abort();
                }
            });
            Simulator::Run();
            ExpectEnd(*m_a, "given up", TcpEndCause::ABORTED, Seconds(5));
            NS_TEST_EXPECT_MSG_EQ(m_network->segments.size(), 3, "three SYNs, no reset");
            NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, "freed");
        }
    }
};

/// Behaviour 6.
class ForgedResetTestCase : public TcpSocketTestCase
{
  public:
    ForgedResetTestCase()
        : TcpSocketTestCase("A reset must have the expected sequence number")
    {
    }

  private:
    /**
     * @brief Send a segment to A in B's name.
     * @param flags its flags
     * @param seq its sequence number
     * @param ack its acknowledgment number
     * @param length octets of payload
     */
    void Forge(uint8_t flags, uint32_t seq, uint32_t ack = 1, uint32_t length = 0)
    {
        Address local;
        m_client->GetSockName(local);
        TcpHeader header;
        header.SetFlags(flags);
        header.SetSequenceNumber(SequenceNumber32(seq));
        header.SetAckNumber(SequenceNumber32(ack));
        header.SetSourcePort(PORT);
        header.SetDestinationPort(InetSocketAddress::ConvertFrom(local).GetPort());
        m_network->hosts.Get(1)->GetObject<TcpL4Protocol>()->SendPacket(Create<Packet>(length),
                                                                        header,
                                                                        Ipv4Address("10.0.0.2"),
                                                                        Ipv4Address("10.0.0.1"));
    }

    void DoRun() override
    {
        Prepare();
        Connect();
        At(Seconds(1), [this]() { Forge(TcpHeader::RST, 0); });       // before the window
        At(Seconds(2), [this]() { Forge(TcpHeader::RST, 1000000); }); // beyond it
        At(Seconds(3), [this]() { Forge(TcpHeader::RST, 2); });       // in it
        At(Seconds(4), [this]() { Forge(TcpHeader::RST | TcpHeader::ACK, 100); });
        At(Seconds(5), [this]() { Forge(TcpHeader::SYN, 1); }); // RFC 5961 section 4
        Run(Seconds(6));
        NS_TEST_EXPECT_MSG_EQ(m_a->ends.size(), 0, "still there" << m_network->Print());
        ExpectTimes(m_network->GetTimes(true, "A", Seconds(1)), {3001, 4001, 5001}, "challenges");
        At(Seconds(1), [this]() { Forge(TcpHeader::RST | TcpHeader::ACK, 1); });
        Run(Seconds(8));
        ExpectEnd(*m_a, "reset", TcpEndCause::RESET_BY_PEER, MilliSeconds(7001));
        NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses.size(), 1, "an error");
        NS_TEST_EXPECT_MSG_EQ(m_a->normalCloses.size(), 0, "and only that");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "R").size() +
                                  m_network->GetTimes(true, "RA").size(),
                              0,
                              "no reset comes back");
        NS_TEST_EXPECT_MSG_EQ(Send(*m_a, 1), -1, "no more data");
        NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, "freed");

        // While connecting a reset has to acknowledge the SYN.
        Finish();
        Begin();
        Prepare();
        Connect();
        At(NanoSeconds(1), [this]() { Forge(TcpHeader::RST, 0); });
        At(NanoSeconds(2), [this]() { Forge(TcpHeader::RST | TcpHeader::ACK, 0, 2); });
        Run(Seconds(1));
        ExpectTimes(m_a->connected, {2}, "connected all the same");

        // A reset that TcpSocketBase sends is reported as what it is.
        m_client->Connect(InetSocketAddress("10.0.0.2", PORT));
        Run(Seconds(2));
        ExpectEnd(*m_a, "A", TcpEndCause::ABORTED, Seconds(1));
        ExpectTimes(m_network->GetTimes(true, "RA"), {1000}, "reset with ACK");

        // The acknowledgment of a segment from before the window counts: nothing is repeated.
        for (const uint32_t length : {0, 1})
        {
            Finish();
            Begin();
            Prepare();
            m_client->SetAttribute("Timestamp", BooleanValue(false));
            Connect();
            m_network->CutAt(MilliSeconds(1000), true, false);
            m_network->HealAt(MilliSeconds(1100), true, false);
            At(Seconds(1), [this]() { Send(*m_a, 19); });
            At(MilliSeconds(1150), [this, length]() { Forge(TcpHeader::ACK, 0, 20, length); });
            Run(Seconds(5));
            uint32_t sent = 0;
            for (const auto& seen : m_network->segments)
            {
                sent += seen.fromA && seen.length == 19;
            }
            NS_TEST_EXPECT_MSG_EQ(sent, 1, "sent once" << m_network->Print());
        }
    }
};

/// Behaviours 7 and 8.
class AbortTestCase : public TcpSocketTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param forget lose the connection rather than abort it
     */
    explicit AbortTestCase(bool forget)
        : TcpSocketTestCase(forget ? "Forget says nothing, and the same ports can be used again"
                                   : "Abort says so, and the same ports can be used again"),
          m_forget(forget)
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint16_t LOCAL = 1790;
        Prepare();
        Connect(LOCAL);
        Ptr<TcpKeepaliveSocket> first = m_client;
        At(Seconds(1), [this]() { Send(*m_a, 1000); }); // data in flight, lost
        At(Seconds(1) + MicroSeconds(100), [this, first]() {
            if (m_forget)
            {
                first->Forget();
                first->Forget();
            }
            else
            {
                first->Abort();
                first->Abort();
            }
            NS_TEST_EXPECT_MSG_EQ(Send(*m_a, 1), -1, "no more data");
            NS_TEST_EXPECT_MSG_EQ(first->IsDataOutstanding(), false, "none outstanding");
            m_client = m_network->MakeSocket(0);
            NS_TEST_EXPECT_MSG_EQ(m_client->Bind(InetSocketAddress(Ipv4Address::GetAny(), LOCAL)),
                                  0,
                                  "the port is free");
        });
        SocketLog again;
        At(Seconds(2), [this, &again]() {
            again.Attach(m_client);
            m_client->Connect(InetSocketAddress("10.0.0.2", PORT));
        });
        Run(Seconds(10));
        ExpectEnd(*m_a, "A", TcpEndCause::ABORTED, Seconds(1) + MicroSeconds(100));
        NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses.size() + m_a->normalCloses.size(), 0, "no callback");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "RA").size(), (m_forget ? 0 : 1), "RST");
        NS_TEST_ASSERT_MSG_EQ(m_b->ends.size(), 1, "B heard of it" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_b->ends[0].second)), "reset-by-peer", "B");
        NS_TEST_ASSERT_MSG_EQ(again.connected.size(), 1, "connected again" << m_network->Print());
        if (m_forget)
        {
            // Its data met nobody, so that B heard of it when the answer drew a reset; had it not,
            // B's answer to the SYN would have.
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "R").empty(), false, "RST for an ACK");
        }
        else
        {
            NS_TEST_EXPECT_MSG_EQ(again.connected[0], MilliSeconds(2002), "at once");
        }
        m_client->Abort();
    }

    const bool m_forget; //!< Forget rather than Abort
};

/// Behaviour 8.
class HalfOpenTestCase : public TcpSocketTestCase
{
  public:
    HalfOpenTestCase()
        : TcpSocketTestCase("A host that forgot a connection makes it anew")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint16_t LOCAL = 1790;
        // With data sent before and without: only the timestamp tells the latter from the new one.
        for (const uint32_t size : {0, 100})
        {
            Finish();
            Begin();
            Prepare();
            Connect(LOCAL);
            SocketLog again;
            At(Seconds(1), [this, size]() {
                if (size > 0)
                {
                    Send(*m_a, size);
                }
            });
            At(Seconds(2), [this]() { m_client->Forget(); });
            At(Seconds(10), [this, &again]() {
                m_client = m_network->MakeSocket(0);
                again.Attach(m_client);
                Connect(LOCAL);
            });
            Run(Seconds(20));
            // SYN, challenge ACK, RST; B is free then; the SYN again after a second.
            ExpectTimes(m_network->GetTimes(true, "S", Seconds(5)), {10000, 11000}, "SYNs");
            ExpectTimes(m_network->GetTimes(true, "R", Seconds(5)), {10002}, "RST");
            NS_TEST_ASSERT_MSG_EQ(m_b->ends.size(), 1, "the old one ended");
            NS_TEST_EXPECT_MSG_EQ(m_b->ends[0].first, MilliSeconds(10003), "when");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_b->ends[0].second)), "reset-by-peer", "");
            ExpectTimes(again.connected, {11002}, "connected again");
            m_client->Abort();
        }
    }
};

/// Behaviour 9.
class OrderlyCloseTestCase : public TcpSocketTestCase
{
  public:
    OrderlyCloseTestCase()
        : TcpSocketTestCase("Closing in order ends once at each end")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            const char* what; //!< for messages
            bool a;           //!< A closes at 1 s
            bool b;           //!< B closes at 1 s
            int64_t endA;     //!< in ms
            int64_t endB;     //!< in ms
            uint32_t data;    //!< octets that A sends just before
        };

        // The end is where nothing more is expected: TIME-WAIT, or the ACK of the last FIN.
        const Row rows[] = {{"A first", true, false, 1002, 1003, 0},
                            {"B first", false, true, 1003, 1002, 0},
                            {"both at once", true, true, 1002, 1002, 0},
                            {"A first, with data", true, false, 1002, 1003, 5000}};
        for (const Row& row : rows)
        {
            Finish();
            Begin();
            Prepare();
            SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
            Connect();
            At(Seconds(1), [this, &row]() {
                if (row.data > 0)
                {
                    Send(*m_a, row.data);
                }
                if (row.a)
                {
                    m_client->Close();
                }
                if (row.b)
                {
                    m_b->socket->Close();
                }
            });
            Run(Seconds(600));
            if (row.data == 0)
            {
                ExpectEnd(*m_a, row.what, TcpEndCause::CLOSED, MilliSeconds(row.endA));
                ExpectEnd(*m_b, row.what, TcpEndCause::CLOSED, MilliSeconds(row.endB));
            }
            NS_TEST_EXPECT_MSG_EQ(m_a->ends.size(), 1, row.what << m_network->Print());
            NS_TEST_EXPECT_MSG_EQ(m_b->ends.size(), 1, row.what << m_network->Print());
            NS_TEST_EXPECT_MSG_EQ(m_b->received, row.data, row.what << ": data");
            NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses.size() + m_b->errorCloses.size(), 0, row.what);
            NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, row.what << ": freed");
            NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(1), 1, row.what << ": the listener");
            NS_TEST_EXPECT_MSG_EQ(m_a->probes.size(), 0, row.what << ": no probes after it");
        }
    }
};

/// Behaviour 10.
class LostFinTestCase : public TcpSocketTestCase
{
  public:
    LostFinTestCase()
        : TcpSocketTestCase("A FIN into a dead path is repeated with backoff and given up")
    {
    }

  private:
    void DoRun() override
    {
        // From ESTABLISHED: 0.204 s (tail loss probe), then 0.204 s doubling; retries 3 are 3 s
        // from the first retransmission on, and the next timeout after that is at 7.528 s. With
        // data, the FIN goes with it.
        for (const uint32_t data : {0, 100})
        {
            Finish();
            Begin();
            Prepare();
            m_client->SetAttribute("DataRetries", UintegerValue(3));
            Connect();
            m_network->CutAt(MilliSeconds(500));
            // Send takes effect a nanosecond later.
            At(Seconds(1) - NanoSeconds(data > 0 ? 1 : 0), [this, data]() {
                if (data > 0)
                {
                    Send(*m_a, data);
                }
                m_client->Close();
            });
            Simulator::Run(); // it ends by itself
            ExpectTimes(m_network->GetTimes(true, "FA"),
                        {1000, 1204, 1408, 1816, 2632, 4264},
                        "FIN, data " + std::to_string(data));
            ExpectEnd(*m_a, "A", TcpEndCause::RETRANSMISSIONS, MilliSeconds(7528));
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "RA").size(), 0, "no reset");
            NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses.size(), 1, "an error");
            NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, "freed");
        }

        // Data that was acknowledged before leaves the timeout what it is.
        Finish();
        Begin();
        Prepare();
        m_client->SetAttribute("DelAckCount", UintegerValue(1));
        m_listener->SetAttribute("DelAckCount", UintegerValue(1));
        Connect();
        At(MilliSeconds(100), [this]() { Send(*m_a, 100); });
        At(MilliSeconds(200), [this]() { Send(*m_a, 100); });
        m_network->CutAt(MilliSeconds(500));
        At(Seconds(1), [this]() { m_client->Close(); });
        Run(Seconds(2));
        ExpectTimes(m_network->GetTimes(true, "FA"), {1000, 1204, 1408, 1816}, "after data");

        // Closed while the first of three segments is being retransmitted, the others having come.
        Finish();
        Begin();
        Prepare();
        Connect();
        m_network->CutAt(MilliSeconds(998));
        m_network->HealAt(MilliSeconds(1000));
        At(MilliSeconds(999), [this]() { Send(*m_a, 536); });
        At(MilliSeconds(1001), [this]() { Send(*m_a, 2 * 536); });
        At(MilliSeconds(1204), [this]() { m_client->Close(); });
        Run(Seconds(600));
        NS_TEST_EXPECT_MSG_EQ(m_b->received, 3 * 536, "data");
        NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, "A" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)), "closed", "A");
        NS_TEST_EXPECT_MSG_LT(m_a->ends[0].first, Seconds(2), "soon");

        // Into a closed window: B's octet in the meantime does not stop the timer.
        Finish();
        Begin();
        Prepare();
        m_listener->SetAttribute("RcvBufSize", UintegerValue(2 * 536));
        m_b->reads = false;
        Connect();
        At(Seconds(1), [this]() { Send(*m_a, 2 * 536); });
        m_network->CutAt(MilliSeconds(1900));
        m_network->HealAt(MilliSeconds(2100));
        At(Seconds(2), [this]() { m_client->Close(); });
        At(MilliSeconds(2150), [this]() { Send(*m_b, 1); });
        Run(Seconds(3));
        NS_TEST_EXPECT_MSG_GT_OR_EQ(m_network->GetTimes(true, "FA").size(),
                                    2,
                                    "FIN repeated" << m_network->Print());

        // From LAST-ACK: A closes, B answers, then the path dies.
        Finish();
        Begin();
        Prepare("linux", "linux", false);
        m_listener->SetAttribute("DataRetries", UintegerValue(3));
        Connect();
        At(Seconds(1), [this]() { m_client->Close(); });
        m_network->CutAt(MilliSeconds(1500));
        At(Seconds(2), [this]() { m_b->socket->Close(); });
        Run(Seconds(60));
        ExpectTimes(m_network->GetTimes(false, "FA"),
                    {2000, 2204, 2408, 2816, 3632, 5264},
                    "LAST-ACK");
        ExpectEnd(*m_b, "B", TcpEndCause::RETRANSMISSIONS, MilliSeconds(8528));

        // Healed in between: all is in order, and B's data before its FIN as well.
        Finish();
        Begin();
        Prepare("linux", "linux", false);
        Connect();
        At(Seconds(1), [this]() { m_client->Close(); });
        m_network->CutAt(MilliSeconds(1500));
        At(Seconds(2), [this]() {
            Send(*m_b, 3000);
            m_b->socket->Close();
        });
        m_network->HealAt(Seconds(5));
        Run(Seconds(600));
        NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, "A" << m_network->Print());
        NS_TEST_ASSERT_MSG_EQ(m_b->ends.size(), 1, "B" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)), "closed", "A");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_b->ends[0].second)),
                              "closed",
                              "B" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(m_a->received, 3000, "data");
    }
};

/// Behaviour 11.
class BackoffTestCase : public TcpSocketTestCase
{
  public:
    BackoffTestCase()
        : TcpSocketTestCase("Segments that arrive do not undo the backoff")
    {
    }

  private:
    void DoRun() override
    {
        // The way from A to B is dead, but B sends an octet every 5 s: A acknowledges each.
        Prepare();
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        Connect();
        m_network->CutAt(MilliSeconds(500), false, true);
        At(Seconds(1) - NanoSeconds(1), [this]() { Send(*m_a, 19); }); // which takes a nanosecond
        for (int64_t s = 2; s < 2000; s += 5)
        {
            At(Seconds(s), [this]() {
                if (m_b->socket->GetEndCause() == TcpEndCause::NONE)
                {
                    Send(*m_b, 1);
                }
            });
        }
        Run(Seconds(2100));
        std::vector<Time> sent;
        for (const auto& seen : m_network->segments)
        {
            if (seen.fromA && seen.length == 19)
            {
                sent.push_back(seen.when);
            }
        }
        std::vector<int64_t> expected = {1000, 1204};
        for (int64_t gap = 204; expected.size() < 18; gap = std::min<int64_t>(2 * gap, 120000))
        {
            expected.push_back(expected.back() + gap);
        }
        // tcp_retries2 = 15: 924.6 s after the first retransmission at 1.408 s.
        while (expected.back() - 1408 >= 924600)
        {
            expected.pop_back();
        }
        ExpectTimes(sent, expected, "retransmission");
        NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, "A ended");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)), "retransmissions", "A");
        NS_TEST_EXPECT_MSG_GT_OR_EQ(m_a->ends[0].first, MilliSeconds(926008), "no earlier");
        NS_TEST_EXPECT_MSG_LT(m_a->ends[0].first, Seconds(1046), "at the next timeout");
        NS_TEST_EXPECT_MSG_EQ(m_a->probes.size(), 0, "no keepalives while data is out");

        // Acknowledgments are beyond what was sent, even if the first of several segments is being
        // retransmitted: B would take others for probes.
        Finish();
        Begin();
        Prepare();
        Connect();
        m_network->CutAt(MilliSeconds(500), false, true);
        At(Seconds(1), [this]() { Send(*m_a, 3000); });
        At(Seconds(3), [this]() { Send(*m_b, 1); });
        Run(Seconds(4));
        uint32_t acknowledgments = 0;
        for (const auto& seen : m_network->segments)
        {
            if (seen.fromA && seen.when > Seconds(3) && seen.length == 0)
            {
                NS_TEST_EXPECT_MSG_EQ(seen.seq, 3001, "SND.NXT");
                acknowledgments++;
            }
        }
        NS_TEST_EXPECT_MSG_GT(acknowledgments, 0, "an octet is acknowledged");
    }
};

/// Behaviour 12.
class AttributeTestCase : public TcpSocketTestCase
{
  public:
    AttributeTestCase()
        : TcpSocketTestCase("Attributes follow the profile unless set")
    {
    }

  private:
    /**
     * @brief Compare the timers of a socket.
     * @param socket the socket
     * @param idle T in s
     * @param interval I in s
     * @param probes n
     * @param octet probes carry an octet
     * @param retries DataRetries
     * @param what for messages
     */
    void Expect(Ptr<TcpKeepaliveSocket> socket,
                int64_t idle,
                int64_t interval,
                uint32_t probes,
                bool octet,
                uint32_t retries,
                const std::string& what)
    {
        TimeValue time;
        UintegerValue number;
        BooleanValue flag;
        socket->GetAttribute("KeepaliveIdle", time);
        NS_TEST_EXPECT_MSG_EQ(time.Get(), Seconds(idle), what);
        socket->GetAttribute("KeepaliveInterval", time);
        NS_TEST_EXPECT_MSG_EQ(time.Get(), Seconds(interval), what);
        socket->GetAttribute("KeepaliveProbes", number);
        NS_TEST_EXPECT_MSG_EQ(number.Get(), probes, what);
        socket->GetAttribute("GarbageOctet", flag);
        NS_TEST_EXPECT_MSG_EQ(flag.Get(), octet, what);
        socket->GetAttribute("DataRetries", number);
        NS_TEST_EXPECT_MSG_EQ(number.Get(), retries, what);
    }

    void DoRun() override
    {
        Ptr<TcpKeepaliveSocket> socket = m_network->MakeSocket(0);
        Expect(socket, 7200, 75, 9, false, 15, "linux");
        socket->SetAttribute("KeepaliveIdle", TimeValue(Seconds(60)));
        socket->SetAttribute("Profile", StringValue("windows-vista"));
        Expect(socket, 60, 1, 10, true, 5, "T stays, the rest follows");
        socket->SetAttribute("KeepaliveIdle", TimeValue(Time(0)));
        Expect(socket, 7200, 1, 10, true, 5, "T follows again");
        socket->SetAttribute("DataRetries", UintegerValue(6));
        socket->SetAttribute("Profile", StringValue("freebsd"));
        socket->SetAttribute("GarbageOctet", BooleanValue(true));
        Expect(socket, 7200, 75, 8, true, 6, "an octet, six retries");
        NS_TEST_EXPECT_MSG_EQ(socket->SetAttributeFailSafe("Profile", StringValue("beos")),
                              false,
                              "no such profile");
        NS_TEST_EXPECT_MSG_EQ(socket->SetAttributeFailSafe("KeepaliveIdle", TimeValue(Seconds(-1))),
                              false,
                              "no negative time");
        NS_TEST_EXPECT_MSG_EQ(socket->SetAttributeFailSafe("KeepaliveProbes", UintegerValue(256)),
                              false,
                              "at most 255 probes");
        Expect(socket, 7200, 75, 8, true, 6, "unchanged");
        TimeValue time;
        socket->SetAttribute("RtoMin", TimeValue(Seconds(3)));
        socket->GetAttribute("RtoMin", time);
        NS_TEST_EXPECT_MSG_EQ(time.Get(), Seconds(3), "RtoMin");
        socket->GetAttribute("RtoMax", time);
        NS_TEST_EXPECT_MSG_EQ(time.Get(), Seconds(64), "RtoMax of the profile");

        // The helper sets the sockets of a node; Install again replaces that.
        TcpKeepaliveHelper helper("windows-xp");
        helper.SetAttribute("KeepaliveIdle", TimeValue(Seconds(10)));
        helper.SetAttribute("GarbageOctet", BooleanValue(false));
        helper.SetAttribute("DataRetries", UintegerValue(9));
        helper.Install(m_network->hosts.Get(1));
        auto made = DynamicCast<TcpKeepaliveSocket>(Socket::CreateSocket(
            m_network->hosts.Get(1),
            TypeId::LookupByName("ns3::keepalive::TcpKeepaliveSocketFactory")));
        Expect(made, 10, 1, 5, true, 9, "by the helper");

        // An accepted socket inherits all.
        m_listener = made;
        m_b->Attach(m_listener);
        SetKeepalive(m_listener, Seconds(11), Seconds(12), 13);
        m_listener->SetAttribute("UserTimeout", TimeValue(Seconds(14)));
        m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
        m_listener->Listen();
        m_client = m_network->MakeSocket(0);
        Connect();
        Run(Seconds(12));
        NS_TEST_ASSERT_MSG_EQ((m_b->socket != m_listener), true, "accepted");
        Expect(m_b->socket, 11, 12, 13, true, 9, "inherited");
        m_b->socket->GetAttribute("UserTimeout", time);
        NS_TEST_EXPECT_MSG_EQ(time.Get(), Seconds(14), "user timeout");
        NS_TEST_ASSERT_MSG_EQ(m_b->probes.size(), 1, "and it probes");
        NS_TEST_EXPECT_MSG_EQ(m_b->probes[0].first, MilliSeconds(11003), "T after the handshake");
    }
};

/// Behaviour 13.
class EcnAndIpv6TestCase : public TcpSocketTestCase
{
  public:
    EcnAndIpv6TestCase()
        : TcpSocketTestCase("Probes are not ECN-capable, and work over IPv6")
    {
    }

  private:
    void DoRun() override
    {
        // The type of service is that of the socket.
        Prepare();
        m_client->SetIpTos(0xc0);
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        m_client->Connect(InetSocketAddress(Ipv4Address("10.0.0.2"), PORT));
        m_client->SetIpTos(0xc0);
        m_network->CutAt(Seconds(3));
        Run(Seconds(20));
        for (const auto& seen : m_network->segments)
        {
            if (seen.fromA && seen.when > Seconds(0))
            {
                NS_TEST_EXPECT_MSG_EQ(seen.tos, 0xc0, "type of service of " << seen.flags);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(m_a->probes.size(), 4, "of probes");

        // TcpSocketBase marks data, also an octet before the window.
        Finish();
        Begin();
        Prepare("windows-vista");
        for (const auto& socket : {m_client, m_listener})
        {
            socket->SetAttribute("UseEcn", StringValue("On"));
        }
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        Connect();
        At(Seconds(1), [this]() { Send(*m_a, 100); });
        Run(Seconds(6));
        uint32_t marked = 0;
        for (const auto& seen : m_network->segments)
        {
            if (seen.length == 100)
            {
                marked += (seen.tos & 3) != 0;
            }
            else
            {
                NS_TEST_EXPECT_MSG_EQ((seen.tos & 3), 0, "unmarked" << m_network->Print());
            }
        }
        NS_TEST_EXPECT_MSG_EQ(marked, 1, "data is ECN-capable, so that the test says something");
        NS_TEST_EXPECT_MSG_EQ(m_a->answers.size(), 2, "probes are answered");

        Finish();
        Begin();
        Prepare();
        m_listener->Close();
        m_listener = m_network->MakeSocket(1);
        m_b->Attach(m_listener);
        m_listener->Bind(Inet6SocketAddress(Ipv6Address::GetAny(), PORT));
        m_listener->Listen();
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        // Duplicate address detection takes a second.
        At(Seconds(5),
           [this]() { m_client->Connect(Inet6SocketAddress(Ipv6Address("fd00::2"), PORT)); });
        m_network->CutAt(Seconds(8));
        Run(Seconds(30));
        NS_TEST_ASSERT_MSG_EQ(m_a->connected.size(), 1, "connected");
        NS_TEST_ASSERT_MSG_EQ(m_a->answers.size(), 1, "answered");
        NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, "ended");
        NS_TEST_EXPECT_MSG_EQ(m_a->ends[0].first, m_a->answers[0].first + Seconds(5), "T + n*I");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)), "keepalive", "why");
    }
};

/// Behaviour 14.
class AnySegmentTestCase : public TcpSocketTestCase
{
  public:
    AnySegmentTestCase()
        : TcpSocketTestCase("Any segment is a sign of life to some stacks")
    {
    }

  private:
    void DoRun() override
    {
        // A probes every 2 s. B would after 3 s: it hears the probes, or does not care for them.
        const std::pair<const char*, bool> rows[] = {{"linux", true},
                                                     {"windows-vista", true},
                                                     {"rfc1122", true},
                                                     {"freebsd", false},
                                                     {"macos", false},
                                                     {"solaris", false}};
        for (const auto& [profile, probes] : rows)
        {
            Finish();
            Begin();
            Prepare("linux", profile);
            SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
            SetKeepalive(m_listener, Seconds(3), Seconds(1), 3);
            Connect();
            Run(Seconds(20));
            NS_TEST_EXPECT_MSG_EQ(!m_b->probes.empty(), probes, profile);
            NS_TEST_EXPECT_MSG_EQ(m_a->probes.empty(), false, profile);
            NS_TEST_EXPECT_MSG_EQ(m_a->ends.size() + m_b->ends.size(), 0, profile);
        }
        // An octet is acceptable, and so a sign of life to Linux as well.
        Finish();
        Begin();
        Prepare();
        m_client->SetAttribute("GarbageOctet", BooleanValue(true));
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        SetKeepalive(m_listener, Seconds(3), Seconds(1), 3);
        Connect();
        Run(Seconds(20));
        NS_TEST_EXPECT_MSG_EQ(m_b->probes.size(), 0, "an octet counts");
    }
};

/// Behaviour 15.
class UnreadDataTestCase : public TcpSocketTestCase
{
  public:
    UnreadDataTestCase()
        : TcpSocketTestCase("Close with unread data is a reset")
    {
    }

  private:
    void DoRun() override
    {
        Prepare();
        Connect();
        m_b->reads = false;
        At(Seconds(1), [this]() { Send(*m_a, 100); });
        At(Seconds(2), [this]() { m_b->socket->Close(); });
        At(Seconds(3), [this]() { m_b->socket->Close(); });
        Run(Seconds(10));
        ExpectEnd(*m_b, "B", TcpEndCause::ABORTED, Seconds(2));
        ExpectEnd(*m_a, "A", TcpEndCause::RESET_BY_PEER, MilliSeconds(2001));
        ExpectTimes(m_network->GetTimes(false, "RA"), {2000}, "one reset");
        NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(1), 1, "the listener");
    }
};

/// Behaviour 16.
class WindowTestCase : public TcpSocketTestCase
{
  public:
    WindowTestCase()
        : TcpSocketTestCase("A closed window is probed, opens, or ends the connection")
    {
    }

  private:
    /// Let B take 1072 octets of 20000, and then read no more.
    void Fill()
    {
        Prepare();
        m_listener->SetAttribute("RcvBufSize", UintegerValue(2 * 536));
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        m_b->reads = false;
        Connect();
        At(Seconds(1), [this]() { Send(*m_a, 20000); });
    }

    void DoRun() override
    {
        // B reads after 5 s: a window probe finds that out.
        Fill();
        At(Seconds(6), [this]() {
            m_b->reads = true;
            while (m_b->socket->GetRxAvailable() > 0)
            {
                m_b->received += m_b->socket->Recv()->GetSize();
            }
        });
        Run(Seconds(60));
        NS_TEST_EXPECT_MSG_EQ(m_b->received, 20000, "all came" << m_network->Print(Seconds(1)));
        NS_TEST_EXPECT_MSG_EQ(m_a->ends.size(), 0, "and nothing ended");
        NS_TEST_EXPECT_MSG_EQ(m_a->probes.empty(), false, "keepalives go on after that");
        NS_TEST_EXPECT_MSG_GT(m_a->probes[0].first, Seconds(8), "but not before");

        // More data is sent only when the window is closed already, with nothing outstanding. The
        // RTO is 232 ms after a round trip of 2 ms and one of 202 ms, with a delayed ACK.
        Finish();
        Begin();
        Prepare();
        m_listener->SetAttribute("RcvBufSize", UintegerValue(2 * 536));
        m_b->reads = false;
        Connect();
        At(Seconds(1), [this]() { Send(*m_a, 2 * 536); });
        At(Seconds(20), [this]() { Send(*m_a, 1); });
        Run(Seconds(21));
        ExpectTimes(m_network->GetTimes(true, "A", Seconds(2)), {20232, 20696}, "window probe");

        // Cut: as many probes as there may be retransmissions. The first of the three was sent
        // before the cut, but too soon after the one before it to be answered.
        Finish();
        Begin();
        Fill();
        m_client->SetAttribute("DataRetries", UintegerValue(3));
        m_network->CutAt(Seconds(2));
        Simulator::Stop(Seconds(300));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, "ended" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)), "retransmissions", "why");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "A", Seconds(2)).size(), 2, "two more");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "RA").size(), 0, "no reset");

        // A user timeout ends it although B answers.
        Finish();
        Begin();
        Fill();
        m_client->SetAttribute("UserTimeout", TimeValue(Seconds(5)));
        Run(Seconds(60));
        NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, "ended" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)), "user-timeout", "why");
        const std::vector<Time> first =
            m_network->GetTimes(true, "A", Seconds(1) + MilliSeconds(9));
        NS_TEST_EXPECT_MSG_EQ(m_a->ends[0].first, first[0] + Seconds(5), "from the first probe");
    }
};

/// Behaviour 17.
class LostLastSegmentTestCase : public TcpSocketTestCase
{
  public:
    LostLastSegmentTestCase()
        : TcpSocketTestCase("Handshake and close survive the loss of their last segment")
    {
    }

  private:
    void DoRun() override
    {
        // A's ACK of the SYN with ACK is lost: B repeats that, and A answers it again.
        Prepare();
        Connect();
        m_network->CutAt(MicroSeconds(1500), false, true);
        m_network->HealAt(MilliSeconds(500), false, true);
        Run(Seconds(5));
        ExpectTimes(m_network->GetTimes(false, "SA"), {1, 1001}, "SYN with ACK");
        ExpectTimes(m_b->connected, {1003}, "accepted");
        NS_TEST_EXPECT_MSG_EQ(m_a->ends.size() + m_b->ends.size(), 0, "no end");

        // A's ACK of B's FIN is lost: B repeats the FIN, and A answers from TIME-WAIT.
        Finish();
        Begin();
        Prepare();
        Connect();
        At(Seconds(1), [this]() { m_client->Close(); });
        m_network->CutAt(MicroSeconds(1001500), false, true);
        m_network->HealAt(MilliSeconds(1100), false, true);
        Run(Seconds(20));
        ExpectEnd(*m_a, "A", TcpEndCause::CLOSED, MilliSeconds(1002));
        ExpectEnd(*m_b, "B", TcpEndCause::CLOSED, MilliSeconds(1207));
        ExpectTimes(m_network->GetTimes(false, "FA"), {1001, 1205}, "FIN");

        // B's ACK of A's FIN is lost: A repeats it.
        Finish();
        Begin();
        Prepare("linux", "linux", false);
        Connect();
        At(Seconds(1), [this]() { m_client->Close(); });
        m_network->CutAt(MicroSeconds(1000500), true, false);
        m_network->HealAt(MilliSeconds(1100), true, false);
        At(Seconds(2), [this]() { m_b->socket->Close(); });
        Run(Seconds(20));
        ExpectTimes(m_network->GetTimes(true, "FA"), {1000, 1204}, "FIN of A");
        ExpectEnd(*m_a, "A", TcpEndCause::CLOSED, MilliSeconds(2001));
        ExpectEnd(*m_b, "B", TcpEndCause::CLOSED, MilliSeconds(2002));
    }
};

/// Behaviour 18.
class ManyConnectionsTestCase : public TcpSocketTestCase
{
  public:
    ManyConnectionsTestCase()
        : TcpSocketTestCase("A thousand connections come and go")
    {
    }

  private:
    /**
     * @brief Open a connection, and end it in one of several ways.
     * @param i its number
     */
    void OpenAndEnd(uint32_t i)
    {
        Ptr<TcpKeepaliveSocket> socket = m_network->MakeSocket(0);
        SetKeepalive(socket, MilliSeconds(20), MilliSeconds(10), 2);
        socket->TraceConnectWithoutContext("ConnectionEnd",
                                           MakeCallback(&ManyConnectionsTestCase::Ended, this));
        if (i % 4 == 3)
        {
            socket->Connect(InetSocketAddress("10.0.0.2", PORT + 1)); // refused
            return;
        }
        socket->Connect(InetSocketAddress("10.0.0.2", PORT));
        At(MilliSeconds(50), [socket, i]() {
            switch (i % 4)
            {
            case 0:
                socket->Close();
                break;
            case 1:
                socket->Abort();
                break;
            default:
                socket->Send(Create<Packet>(100));
                socket->Close();
                break;
            }
        });
    }

    /**
     * @brief A connection ended.
     * @param cause why
     */
    void Ended(TcpEndCause cause)
    {
        m_ended[static_cast<uint8_t>(cause)]++;
    }

    void DoRun() override
    {
        Prepare();
        m_client = nullptr;
        m_a = std::make_unique<SocketLog>();
        m_listener->SetAttribute("MaxSegLifetime", StringValue("0.1"));
        for (uint32_t i = 0; i < 1000; i++)
        {
            At(MilliSeconds(i), [this, i]() { OpenAndEnd(i); });
        }
        Run(Seconds(300));
        NS_TEST_EXPECT_MSG_EQ(m_ended[static_cast<uint8_t>(TcpEndCause::CLOSED)], 500, "closed");
        NS_TEST_EXPECT_MSG_EQ(m_ended[static_cast<uint8_t>(TcpEndCause::ABORTED)], 250, "aborted");
        NS_TEST_EXPECT_MSG_EQ(m_ended[static_cast<uint8_t>(TcpEndCause::REFUSED)], 250, "refused");
        NS_TEST_EXPECT_MSG_EQ(m_b->ends.size(), 750, "at B");
        NS_TEST_EXPECT_MSG_EQ(m_b->received, 25000, "data");
        NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(1), 1, "B has its listener");
        NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 1, "A has the one that was never used");
    }

    uint32_t m_ended[16] = {}; //!< by cause
};

/// Behaviour 19.
class DestroyTestCase : public TcpSocketTestCase
{
  public:
    DestroyTestCase()
        : TcpSocketTestCase("A simulation may end at any time")
    {
    }

  private:
    void DoRun() override
    {
        // Handshake, data, probes, death, FIN: everything is pending at one of these.
        const int64_t stops[] = {0,
                                 500,
                                 1500,
                                 2500,
                                 3500,
                                 1000100,
                                 1000600,
                                 1001500,
                                 3002500,
                                 4500000,
                                 6100000,
                                 7000000,
                                 8000000,
                                 9000000,
                                 9001500,
                                 60000000};
        for (const int64_t us : stops)
        {
            for (const bool keep : {true, false})
            {
                Finish();
                Begin();
                Prepare();
                SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
                Connect();
                At(Seconds(1), [this]() { Send(*m_a, 1000); });
                m_network->CutAt(Seconds(4));
                At(Seconds(8), [this]() { Send(*m_b, 1000); });
                At(Seconds(9), [this]() {
                    if (m_b->socket)
                    {
                        m_b->socket->Close();
                    }
                });
                Simulator::Stop(MicroSeconds(us) + NanoSeconds(1));
                Simulator::Run();
                Ptr<TcpKeepaliveSocket> kept = keep ? m_client : nullptr;
                Ptr<TcpKeepaliveSocket> keptToo = keep ? m_b->socket : nullptr;
                const bool alive = us < 8202000; // last life 3.202 s, T + n * I = 5 s
                NS_TEST_EXPECT_MSG_EQ(m_a->ends.empty(), alive, us);
                m_network.reset();
                m_client = nullptr;
                m_listener = nullptr;
                if (keep)
                {
                    m_a->socket = nullptr;
                    m_b->socket = nullptr;
                }
                Simulator::Destroy();
                if (kept)
                {
                    kept->Abort(); // there is nothing left to send it with
                }
                Begin();
            }
        }
        // A node is disposed of in mid-flight, while the application holds its socket.
        Finish();
        Begin();
        Prepare();
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        Connect();
        At(MilliSeconds(2500), [this]() { m_network->hosts.Get(1)->Dispose(); });
        Run(MilliSeconds(2600));
        NS_TEST_EXPECT_MSG_EQ(m_a->ends.size(), 0, "A lives");
    }
};

/// The suite of this file.
class TcpKeepaliveSocketTestSuite : public TestSuite
{
  public:
    TcpKeepaliveSocketTestSuite()
        : TestSuite("keepalive-tcp-socket")
    {
        AddTestCase(new AliveTestCase);
        AddTestCase(new ClosedFormTestCase(2000, 1000, 3));
        AddTestCase(new ClosedFormTestCase(60000, 75000, 9));
        AddTestCase(new ClosedFormTestCase(500, 100, 1));
        AddTestCase(new ProfileDeathTestCase);
        AddTestCase(new OtherEndTestCase(false));
        AddTestCase(new OtherEndTestCase(true));
        AddTestCase(new ConnectTestCase);
        AddTestCase(new ForgedResetTestCase);
        AddTestCase(new AbortTestCase(false));
        AddTestCase(new AbortTestCase(true));
        AddTestCase(new HalfOpenTestCase);
        AddTestCase(new OrderlyCloseTestCase);
        AddTestCase(new LostFinTestCase);
        AddTestCase(new BackoffTestCase);
        AddTestCase(new AttributeTestCase);
        AddTestCase(new EcnAndIpv6TestCase);
        AddTestCase(new AnySegmentTestCase);
        AddTestCase(new UnreadDataTestCase);
        AddTestCase(new WindowTestCase);
        AddTestCase(new LostLastSegmentTestCase);
        AddTestCase(new ManyConnectionsTestCase);
        AddTestCase(new DestroyTestCase);
    }
};

TcpKeepaliveSocketTestSuite g_tcpKeepaliveSocketTestSuite; //!< the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
