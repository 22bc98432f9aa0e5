/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-socket-test-case.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief TcpKeepaliveSocket: applications that act while a connection ends, and what comes after.
 *
 * Behaviours:
 *  1. a sink or callback may abort the connection and give its last reference up, whenever it is
 *     called: the peer gets one reset, with ACK
 *  2. a sink of ConnectionEnd changes nothing about the end, and cannot connect in it
 *  3. who is told that nobody answers may close or connect again: the cause stays
 *  4. a connection that the peer's FIN completes has keepalives, too
 *  5. a socket connects again after an attempt that failed, but not after a connection
 *  6. FIN-WAIT-2 ends after the time of the profile if the application has closed
 *  7. ConnTimeout and ConnCount each override the profile, without the other
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

/// A case with sinks and callbacks that do something.
class TcpEndingTestCase : public TcpSocketTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit TcpEndingTestCase(const std::string& name)
        : TcpSocketTestCase(name)
    {
    }

  protected:
    /// Abort the connection of A and forget the socket.
    void AbortAndRelease()
    {
        Ptr<TcpKeepaliveSocket> socket = m_client;
        m_client = nullptr;
        m_a->socket = nullptr;
        if (socket)
        {
            socket->Abort();
        }
    }

    /**
     * @brief Close the connection of A if it has one still.
     * @param at when
     */
    void CloseAt(Time at)
    {
        At(at, [this]() {
            if (m_client)
            {
                m_client->Close();
            }
        });
    }

    /**
     * @brief Compare how A ended what a sink aborted.
     * @param resets how many reset the peer
     * @param what for messages
     */
    void ExpectAborted(std::size_t resets, const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ(m_a->ends.size(), 1, what << ": ends once" << m_network->Print());
        for (const auto& end : m_a->ends)
        {
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(end.second)), "aborted", what);
        }
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "RA").size(),
                              resets,
                              what << m_network->Print());
        // What B has sent before it knows is refused, 1 ms later at least.
        for (const Time& reset : m_network->GetTimes(true, "R"))
        {
            NS_TEST_EXPECT_MSG_GT(reset, m_a->ends.at(0).first, what << m_network->Print());
        }
        NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, what << ": nothing is left");
    }

    std::function<void()> m_act; //!< what a sink does

    // sinks and callbacks
    void KeepaliveSink(Ptr<const Packet> /* segment */, uint32_t /* unanswered */)
    {
        m_act();
    }

    void SegmentSink(Ptr<const Packet> /* segment */,
                     const TcpHeader& header,
                     Ptr<const TcpSocketBase> /* socket */)
    {
        m_flags = header.GetFlags();
        m_act();
    }

    void EndSink(TcpEndCause /* cause */)
    {
        m_act();
    }

    void SendCallback(Ptr<Socket> /* socket */, uint32_t /* available */)
    {
        m_act();
    }

    void FailedCallback(Ptr<Socket> /* socket */)
    {
        m_act();
    }

    uint8_t m_flags{0}; //!< of the segment that SegmentSink was last told of
};

/// Behaviour 1.
class AbortingSinkTestCase : public TcpEndingTestCase
{
  public:
    AbortingSinkTestCase()
        : TcpEndingTestCase("A sink or callback may abort")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* trace : {"KeepaliveTx", "KeepaliveRx"})
        {
            Finish();
            Begin();
            Prepare();
            SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
            m_act = [this]() { AbortAndRelease(); };
            m_client->TraceConnectWithoutContext(
                trace,
                MakeCallback(&AbortingSinkTestCase::KeepaliveSink,
                             static_cast<TcpEndingTestCase*>(this)));
            Connect();
            Run(Seconds(100));
            ExpectAborted(1, trace);
        }

        // While any of the segments of a whole connection is sent: also in mid-burst.
        uint32_t seen = 0;
        for (uint32_t number = 1; number == 1 || seen == number - 1; number++)
        {
            Finish();
            Begin();
            Prepare();
            SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
            seen = 0;
            uint8_t flags = 0;
            m_act = [this, &seen, &flags, number]() {
                if (seen < number && ++seen == number)
                {
                    flags = m_flags;
                    AbortAndRelease();
                }
            };
            m_client->TraceConnectWithoutContext(
                "Tx",
                MakeCallback(&AbortingSinkTestCase::SegmentSink,
                             static_cast<TcpEndingTestCase*>(this)));
            Connect();
            At(MilliSeconds(10), [this]() {
                if (m_client)
                {
                    Send(*m_a, 3000);
                }
            });
            CloseAt(Seconds(5));
            Run(Seconds(1000));
            if (seen == number)
            {
                const bool handshake = flags == TcpHeader::SYN;
                const bool last = !m_a->ends.empty() && m_a->ends[0].second == TcpEndCause::CLOSED;
                if (!last) // acknowledging the peer's FIN, it is over
                {
                    ExpectAborted(handshake ? 0 : 1, "segment " + std::to_string(number));
                }
                NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, number);
            }
        }
        NS_TEST_EXPECT_MSG_GT(seen, 10, "segments");

        // A sink that aborts again hears of the reset.
        Finish();
        Begin();
        Prepare();
        m_act = [this]() { m_client->Abort(); };
        Connect();
        At(Seconds(1), [this]() {
            m_client->TraceConnectWithoutContext(
                "Tx",
                MakeCallback(&AbortingSinkTestCase::SegmentSink,
                             static_cast<TcpEndingTestCase*>(this)));
            m_client->Abort();
        });
        Run(Seconds(10));
        ExpectAborted(1, "again");

        // When asked for more data, before and during retransmissions.
        for (const bool cut : {false, true})
        {
            Finish();
            Begin();
            Prepare();
            uint32_t calls = 0;
            m_act = [this, &calls]() {
                if (++calls == 1)
                {
                    AbortAndRelease();
                }
            };
            Connect();
            const auto listen = [this]() {
                m_client->SetSendCallback(MakeCallback(&AbortingSinkTestCase::SendCallback,
                                                       static_cast<TcpEndingTestCase*>(this)));
            };
            At(Seconds(1), [this, cut]() { Send(*m_a, cut ? 300 : 2000); });
            At(Seconds(1) + (cut ? MilliSeconds(1) : Time(0)), listen);
            m_network->CutAt(cut ? MilliSeconds(500) : Seconds(50));
            Run(Seconds(100));
            NS_TEST_EXPECT_MSG_GT(calls, 0, "asked");
            ExpectAborted(1, cut ? "retransmission" : "more data");
        }
    }
};

/// Behaviour 2.
class EndSinkTestCase : public TcpEndingTestCase
{
  public:
    EndSinkTestCase()
        : TcpEndingTestCase("A sink of ConnectionEnd changes nothing")
    {
    }

  private:
    /**
     * @brief Have a connection and its end.
     * @param how what ends it
     * @param acts whether a sink acts
     * @return what was sent
     */
    std::string RunToEnd(const std::string& how, bool acts)
    {
        Finish();
        Begin();
        Prepare("linux", "linux", how != "closed first");
        SetKeepalive(m_client, Seconds(2), Seconds(1), 3);
        m_calls = 0;
        m_act = [this]() {
            m_calls++;
            m_client->Abort();
            NS_TEST_EXPECT_MSG_EQ(m_client->Close(), 0, "Close");
            m_client->Forget();
            const int result = m_client->Connect(InetSocketAddress("10.0.0.2", PORT));
            NS_TEST_EXPECT_MSG_EQ(result, -1, "Connect");
            NS_TEST_EXPECT_MSG_EQ((m_client->GetErrno() == Socket::ERROR_AGAIN), true, "errno");
        };
        if (acts)
        {
            m_client->TraceConnectWithoutContext(
                "ConnectionEnd",
                MakeCallback(&EndSinkTestCase::EndSink, static_cast<TcpEndingTestCase*>(this)));
        }
        if (how == "refused")
        {
            m_listener->Close();
        }
        Connect();
        if (how == "closed")
        {
            At(Seconds(1), [this]() { m_client->Close(); });
        }
        if (how == "closed first")
        {
            At(Seconds(1), [this]() { m_b->socket->Close(); });
            At(Seconds(2), [this]() { m_client->Close(); });
        }
        if (how == "reset")
        {
            At(Seconds(1), [this]() { m_b->socket->Abort(); });
        }
        if (how == "keepalive")
        {
            m_network->CutAt(Seconds(1));
        }
        Run(Seconds(1000));
        NS_TEST_EXPECT_MSG_EQ(m_calls, acts, how);
        NS_TEST_EXPECT_MSG_EQ(m_a->ends.size(), 1, how);
        NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, how << ": nothing is left");
        return std::string(ToString(m_client->GetEndCause())) + m_network->Print();
    }

    void DoRun() override
    {
        for (const std::string how : {"closed", "closed first", "reset", "refused", "keepalive"})
        {
            const std::string plain = RunToEnd(how, false);
            NS_TEST_EXPECT_MSG_EQ(RunToEnd(how, true), plain, how);
        }
    }

    uint32_t m_calls{0}; //!< of the sink
};

/// Behaviour 3.
class ConnectFailedTestCase : public TcpEndingTestCase
{
  public:
    ConnectFailedTestCase()
        : TcpEndingTestCase("Who hears that nobody answers may close or connect again")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool again : {false, true})
        {
            Finish();
            Begin();
            Prepare();
            std::vector<Time> failed;
            std::string cause;
            m_act = [this, &failed, &cause, again]() {
                failed.push_back(Simulator::Now());
                cause = ToString(m_client->GetEndCause());
                NS_TEST_EXPECT_MSG_EQ(m_client->Close(), 0, "Close");
                if (again)
                {
                    Connect();
                }
            };
            m_client->SetConnectCallback(MakeNullCallback<void, Ptr<Socket>>(),
                                         MakeCallback(&ConnectFailedTestCase::FailedCallback,
                                                      static_cast<TcpEndingTestCase*>(this)));
            m_network->SetCut(true, true, true);
            Connect();
            At(Seconds(126), [this]() { m_network->SetCut(true, true, false); });
            Run(Seconds(200));
            ExpectTimes(failed, {127000}, "failed");
            NS_TEST_EXPECT_MSG_EQ(cause, "connect-timeout", "already known then");
            NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, "ends");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)),
                                  "connect-timeout",
                                  "why");
            NS_TEST_EXPECT_MSG_EQ(m_b->connected.size(), (again ? 1 : 0), "connected");
            NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), (again ? 1 : 0), "left");
        }
    }
};

/// Behaviour 4.
class FinHandshakeTestCase : public TcpEndingTestCase
{
  public:
    FinHandshakeTestCase()
        : TcpEndingTestCase("A FIN that completes the handshake starts keepalives")
    {
    }

  private:
    void DoRun() override
    {
        Prepare("linux", "linux", false);
        SetKeepalive(m_listener, Seconds(2), Seconds(1), 3);
        Connect();
        m_network->CutAt(MicroSeconds(2500), false, true);
        m_network->HealAt(MicroSeconds(3500), false, true);
        At(MilliSeconds(10), [this]() { m_client->Close(); });
        m_network->CutAt(MilliSeconds(500));
        Run(Seconds(20));
        ExpectTimes(m_b->connected, {11}, "accepted by the FIN");
        ExpectTimes(m_network->GetTimes(false, "A", Seconds(1)), {2011, 3011, 4011}, "probe");
        ExpectEnd(*m_b, "B", TcpEndCause::KEEPALIVE, MilliSeconds(5011));
    }
};

/// Behaviour 5.
class ConnectAgainTestCase : public TcpEndingTestCase
{
  public:
    ConnectAgainTestCase()
        : TcpEndingTestCase("A socket connects again after a failure only")
    {
    }

  private:
    void DoRun() override
    {
        Prepare();
        m_client->Connect(InetSocketAddress("10.0.0.2", PORT + 1));
        At(MilliSeconds(1), [this]() { m_client->ShutdownSend(); }); // of the first attempt
        At(Seconds(1), [this]() { Connect(); });
        At(Seconds(2), [this]() { Send(*m_a, 100); });
        At(Seconds(3), [this]() { m_client->Close(); });
        Run(Seconds(500));
        NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 2, "ends");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)), "refused", "first");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[1].second)), "closed", "second");
        NS_TEST_EXPECT_MSG_EQ(m_b->received, 100, "data");
        const std::size_t segments = m_network->segments.size();
        NS_TEST_EXPECT_MSG_EQ(m_client->Connect(InetSocketAddress("10.0.0.2", PORT)),
                              -1,
                              "not a third time");
        NS_TEST_EXPECT_MSG_EQ((m_client->GetErrno() == Socket::ERROR_INVAL), true, "errno");
        Run(Seconds(600));
        NS_TEST_EXPECT_MSG_EQ(m_network->segments.size(), segments, "nothing is sent");
        NS_TEST_EXPECT_MSG_EQ((m_client->GetEndCause() == TcpEndCause::CLOSED), true, "as it was");
    }
};

/// Behaviour 6.
class FinWaitTestCase : public TcpEndingTestCase
{
  public:
    FinWaitTestCase()
        : TcpEndingTestCase("FIN-WAIT-2 ends if the application has closed")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            const char* what;    //!< for messages
            const char* profile; //!< stack of A
            int64_t shutdown;    //!< when A shuts sending down, in s; 0 for not
            int64_t close;       //!< when A closes, in s; 0 for not
            int64_t peer;        //!< when B closes, in s; 0 for not
            int64_t end;         //!< when A ends, in ms; 0 for not
        };

        const Row rows[] = {{"closed", "linux", 0, 1, 0, 61002},
                            {"sending shut down", "linux", 1, 0, 0, 0},
                            {"closed later", "linux", 1, 200, 0, 260000},
                            {"closed twice", "linux", 0, 1, 0, 61002},
                            {"the peer closes in time", "linux", 0, 1, 30, 30001},
                            {"no limit", "freebsd", 0, 1, 0, 0}};
        for (const Row& row : rows)
        {
            Finish();
            Begin();
            Prepare(row.profile, "linux", false);
            Connect();
            if (row.shutdown != 0)
            {
                At(Seconds(row.shutdown), [this]() { m_client->ShutdownSend(); });
            }
            if (row.close != 0)
            {
                At(Seconds(row.close), [this]() { m_client->Close(); });
            }
            if (std::string(row.what) == "closed twice")
            {
                At(Seconds(row.close + 20), [this]() { m_client->Close(); });
            }
            if (row.peer != 0)
            {
                At(Seconds(row.peer), [this]() { m_b->socket->Close(); });
            }
            Run(Seconds(2000));
            if (row.end == 0)
            {
                NS_TEST_EXPECT_MSG_EQ(m_a->ends.size(), 0, row.what);
                continue;
            }
            ExpectEnd(*m_a, row.what, TcpEndCause::CLOSED, MilliSeconds(row.end));
            NS_TEST_EXPECT_MSG_EQ(m_network->CountSockets(0), 0, row.what << ": nothing is left");
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "RA").size(), 0, row.what);
            if (row.peer == 0)
            {
                NS_TEST_EXPECT_MSG_EQ(m_b->ends.size(), 0, row.what << ": B does not hear of it");
                NS_TEST_EXPECT_MSG_EQ(m_a->errorCloses.size() + m_a->normalCloses.size(),
                                      0,
                                      row.what << ": nor does who has closed");
            }
        }
    }
};

/// Behaviour 7.
class ConnectTimersTestCase : public TcpEndingTestCase
{
  public:
    ConnectTimersTestCase()
        : TcpEndingTestCase("ConnTimeout and ConnCount are independent")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            int64_t timeout;            //!< ConnTimeout in s, 0 to leave it
            uint32_t count;             //!< ConnCount, 0 to leave it
            std::vector<int64_t> times; //!< of the SYNs, in ms
            int64_t end;                //!< in ms
        };

        const Row rows[] = {{0, 0, {0, 1000, 3000, 7000, 15000, 31000, 63000}, 127000},
                            {2, 0, {0, 2000, 6000, 14000, 30000, 62000, 126000}, 254000},
                            {0, 3, {0, 1000, 3000}, 7000},
                            {2, 2, {0, 2000}, 6000}};
        for (const Row& row : rows)
        {
            Finish();
            Begin();
            Prepare();
            if (row.timeout != 0)
            {
                m_client->SetAttribute("ConnTimeout", TimeValue(Seconds(row.timeout)));
            }
            if (row.count != 0)
            {
                m_client->SetAttribute("ConnCount", UintegerValue(row.count));
            }
            m_network->SetCut(true, true, true);
            Connect();
            Run(Seconds(1000));
            const std::string what =
                std::to_string(row.timeout) + " s " + std::to_string(row.count);
            ExpectTimes(m_network->GetTimes(true, "S"), row.times, what);
            ExpectEnd(*m_a, what, TcpEndCause::CONNECT_TIMEOUT, MilliSeconds(row.end));
            ExpectTimes(m_a->failed, {row.end}, what);
        }
    }
};

/// The suite of this file.
class TcpEndingTestSuite : public TestSuite
{
  public:
    TcpEndingTestSuite()
        : TestSuite("keepalive-tcp-ending")
    {
        AddTestCase(new AbortingSinkTestCase);
        AddTestCase(new EndSinkTestCase);
        AddTestCase(new ConnectFailedTestCase);
        AddTestCase(new FinHandshakeTestCase);
        AddTestCase(new ConnectAgainTestCase);
        AddTestCase(new FinWaitTestCase);
        AddTestCase(new ConnectTimersTestCase);
    }
};

TcpEndingTestSuite g_tcpEndingTestSuite; //!< the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
