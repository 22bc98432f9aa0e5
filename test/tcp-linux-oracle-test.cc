/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-oracle-network.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/socket-factory.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/tcp-end-cause.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-keepalive-socket.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief TcpKeepaliveSocket with the profile "linux" does what the Linux kernel did.
 *
 * Each row is one measurement: a script (what the application, the peer and the wire do), the
 * packets that Linux 6.18 sent then, and what became of the connection. The simulation follows
 * the same script and must put the same packets on the wire, in the same order: sender, flags,
 * sequence and acknowledgment number relative to the first ones, payload, timestamp option, length
 * of the IP packet.
 *
 * Times are checked twice. The simulated ones are exact to the microsecond. The measured ones are
 * later, because timers of Linux are: see GetLateness.
 *
 * Behaviours, by row:
 *  1. silence from the beginning, and after answered probes; data acknowledged or received counts
 *  2. an answer resets the count
 *  3. TCP_USER_TIMEOUT replaces the count, needs a probe, and does nothing without keepalives
 *  4. data in flight: no probes but retransmissions, and death by those
 *  5. a closed window: probes of the window instead, answered or not, with and without a timeout
 *  6. half-closed connections are probed as well, and so are those without timestamps
 *  7. a peer that forgot the connection resets it at the next probe that gets through
 *  8. failures that one or the other end is told of change nothing
 *  9. options set later take effect at once
 *
 * Sources: the captures named linux-tcp-keepalive-ROW, KEEPIDLE 2, KEEPINTVL 1, KEEPCNT 3 unless
 * the row says otherwise, and the notes of the same measurements for rows without a capture, which
 * have fewer times.
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

constexpr uint16_t PORT = 7777;     //!< where the peer listens
constexpr int64_t UNKNOWN = -1;     //!< a time that was not written down
constexpr int64_t SECOND = 1000000; //!< in us, the unit of all times here

/// What happens in a measurement, besides the protocol.
enum class Action
{
    CUT,             //!< both directions are cut, silently
    HEAL,            //!< and restored
    SEND,            //!< we send so many bytes
    PEER_SENDS,      //!< the peer sends so many bytes
    SHUTDOWN,        //!< we end our direction: shutdown(SHUT_WR)
    PEER_SHUTDOWN,   //!< the peer ends its direction
    PEER_KILLED,     //!< the peer's process dies, its kernel closes for it
    PEER_FORGETS,    //!< the peer reboots: it knows nothing of the connection
    ENABLE,          //!< we set SO_KEEPALIVE
    DISABLE,         //!< we clear SO_KEEPALIVE
    IDLE,            //!< we set TCP_KEEPIDLE, in seconds
    OUR_LINK_DOWN,   //!< our interface is set down
    PEER_LINK_DOWN,  //!< the peer's interface is set down: ours loses its carrier
    STOP_FORWARDING, //!< the router in between swallows everything
};

/// A line of the script.
struct Step
{
    int64_t at;        //!< when, in us
    Action action;     //!< what
    uint32_t value{0}; //!< how much
};

/// A packet that Linux sent.
struct Expected
{
    int64_t measured;  //!< when Linux sent it, or UNKNOWN
    int64_t simulated; //!< when an exact Linux with our wire would have
    char who;          //!< 'o' for us, 'p' for the peer
    const char* flags; //!< as in SeenSegment
    uint32_t seq;      //!< sequence number
    uint32_t ack;      //!< acknowledgment number
    uint32_t length;   //!< bytes of payload
};

/// What becomes of the connection.
struct End
{
    TcpEndCause cause{TcpEndCause::NONE}; //!< NONE if it stays
    int64_t measured{UNKNOWN};            //!< when Linux told the application, or UNKNOWN
    int64_t simulated{UNKNOWN};           //!< when an exact Linux would have
};

/// One measurement.
struct Row
{
    const char* name;              //!< of the measurement
    std::vector<Step> script;      //!< what happens
    std::vector<Expected> packets; //!< from the time `from` on
    End end;                       //!< what becomes of the connection
    int64_t until{15 * SECOND};    //!< how long to simulate
    bool keepalive{true};          //!< SO_KEEPALIVE from the beginning
    int idle{2};                   //!< TCP_KEEPIDLE in seconds
    int interval{1};               //!< TCP_KEEPINTVL in seconds
    uint32_t probes{3};            //!< TCP_KEEPCNT
    int userTimeout{0};            //!< TCP_USER_TIMEOUT in ms
    uint32_t retries{15};          //!< tcp_retries2
    bool timestamps{true};         //!< tcp_timestamps
    bool peerReads{true};          //!< the peer's application reads what it receives
    bool router{false};            //!< with a router in between
    bool rto{false};               //!< its timers are multiples of the RTO
    int64_t from{20};              //!< packets before this time are not compared
    int64_t counted{UNKNOWN};      //!< probes that Linux counted, if that is known
    int64_t rounding{0};           //!< half of the last digit of what was written down
    int64_t peerClosedAt{UNKNOWN}; //!< when we hear that the peer has closed
};

/**
 * @brief How late a timer of Linux may be: simulated <= measured <= simulated + sum of this.
 *
 * The timer wheel of Linux rounds up to the resolution of the level that a timer goes into: with
 * HZ = 250, 4 ms up to 256 ms ahead, 32 ms up to 2.048 s, 256 ms up to 16.4 s. On top comes a jiffy
 * of 4 ms, because now is rounded up too. What is armed when another one fires starts late by as
 * much as that one was, so the allowances of a row add up.
 *
 * Retransmissions and window probes count in multiples of an RTO. It is 51 jiffies at least, for
 * 200 ms and a small RTT; one more is 2 % more.
 *
 * @param gap what the timer was set to, in us
 * @param rto whether it was a multiple of the RTO
 * @return how late it may be, in us
 */
int64_t
GetLateness(int64_t gap, bool rto)
{
    constexpr int64_t JIFFY = 4000;
    int64_t resolution = JIFFY;
    if (gap >= 64 * JIFFY)
    {
        resolution = gap < 512 * JIFFY ? 8 * JIFFY : 64 * JIFFY;
    }
    return resolution + JIFFY + (rto ? gap / 50 : 0);
}

/// A simulation of one measurement.
class LinuxRowTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param row the measurement
     */
    explicit LinuxRowTestCase(const Row& row)
        : TestCase(std::string("As Linux did: ") + row.name),
          m_row(row)
    {
    }

  private:
    void DoRun() override;
    void DoTeardown() override;

    /**
     * @brief Create a socket as the kernel of the measurement would.
     * @param node the node
     * @return the socket, without keepalives
     */
    Ptr<TcpKeepaliveSocket> MakeSocket(Ptr<Node> node) const;

    /**
     * @brief Do what the script says.
     * @param step a line of it
     */
    void Do(Step step);

    // callbacks of the sockets
    void Accepted(Ptr<Socket> socket, const Address& from);
    void Readable(Ptr<Socket> socket);
    void NormalClose(Ptr<Socket> socket);
    void ErrorClose(Ptr<Socket> socket);
    void Ended(TcpEndCause cause);
    void Probed(Ptr<const Packet> probe, uint32_t unanswered);

    /// Compare what was on the wire.
    void CheckPackets();
    /// Compare what became of the connection.
    void CheckEnd();

    /**
     * @brief Compare a simulated time with a measured one.
     * @param simulated in us
     * @param measured in us, or UNKNOWN
     * @param what for the message
     */
    void CheckLateness(int64_t simulated, int64_t measured, const std::string& what);

    const Row m_row;                             //!< the measurement
    std::unique_ptr<TcpOracleNetwork> m_network; //!< the wire
    Ptr<TcpKeepaliveSocket> m_ours;              //!< our end
    Ptr<TcpKeepaliveSocket> m_listener;          //!< where the peer listens
    Ptr<Socket> m_peer;                          //!< the peer's end
    /// what ConnectionEnd said, and when
    std::vector<std::pair<int64_t, TcpEndCause>> m_ends;
    std::vector<int64_t> m_errorCloses; //!< when the application was told of an error
    int64_t m_peerClosedAt{UNKNOWN};    //!< when it was told of the peer's FIN
    int64_t m_probed{0};                //!< probes that were sent, if only to find the link down
    int64_t m_lateness{0};              //!< allowed so far, in us
    int64_t m_lastTime{0};              //!< the last simulated time that was compared
};

void
LinuxRowTestCase::DoRun()
{
    m_network = std::make_unique<TcpOracleNetwork>(m_row.router);
    TcpKeepaliveHelper helper;
    helper.Install(m_network->ours);
    helper.Install(m_network->peer);

    m_listener = MakeSocket(m_network->peer);
    if (!m_row.peerReads)
    {
        m_listener->SetAttribute("RcvBufSize", UintegerValue(2 * 536)); // two full segments
    }
    m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
    m_listener->Listen();
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&LinuxRowTestCase::Accepted, this));

    m_ours = MakeSocket(m_network->ours);
    m_ours->SetAttribute("KeepaliveIdle", TimeValue(Seconds(m_row.idle)));
    m_ours->SetAttribute("KeepaliveInterval", TimeValue(Seconds(m_row.interval)));
    m_ours->SetAttribute("KeepaliveProbes", UintegerValue(m_row.probes));
    m_ours->SetAttribute("UserTimeout", TimeValue(MilliSeconds(m_row.userTimeout)));
    m_ours->SetAttribute("KeepaliveEnabled", BooleanValue(m_row.keepalive));
    m_ours->SetRecvCallback(MakeCallback(&LinuxRowTestCase::Readable, this));
    m_ours->SetCloseCallbacks(MakeCallback(&LinuxRowTestCase::NormalClose, this),
                              MakeCallback(&LinuxRowTestCase::ErrorClose, this));
    m_ours->TraceConnectWithoutContext("ConnectionEnd",
                                       MakeCallback(&LinuxRowTestCase::Ended, this));
    m_ours->TraceConnectWithoutContext("KeepaliveTx",
                                       MakeCallback(&LinuxRowTestCase::Probed, this));
    m_ours->Bind();
    m_ours->Connect(InetSocketAddress("10.98.0.2", PORT));

    for (const Step& step : m_row.script)
    {
        Simulator::Schedule(MicroSeconds(step.at), &LinuxRowTestCase::Do, this, step);
    }
    Simulator::Stop(MicroSeconds(m_row.until));
    Simulator::Run();
    CheckPackets();
    CheckEnd();
}

void
LinuxRowTestCase::DoTeardown()
{
    m_network.reset();
    m_ours = nullptr;
    m_listener = nullptr;
    m_peer = nullptr;
    Simulator::Destroy();
}

Ptr<TcpKeepaliveSocket>
LinuxRowTestCase::MakeSocket(Ptr<Node> node) const
{
    auto socket = DynamicCast<TcpKeepaliveSocket>(
        Socket::CreateSocket(node,
                             TypeId::LookupByName("ns3::keepalive::TcpKeepaliveSocketFactory")));
    socket->SetAttribute("Profile", StringValue("linux"));
    socket->SetAttribute("DataRetries", UintegerValue(m_row.retries));
    socket->SetAttribute("Timestamp", BooleanValue(m_row.timestamps));
    socket->SetAttribute("DelAckCount", UintegerValue(1)); // as Linux does while few data came
    return socket;
}

void
LinuxRowTestCase::Do(Step step)
{
    switch (step.action)
    {
    case Action::CUT:
        m_network->SetCut(true);
        break;
    case Action::HEAL:
        m_network->SetCut(false);
        break;
    case Action::SEND:
        m_ours->Send(Create<Packet>(step.value));
        break;
    case Action::PEER_SENDS:
        m_peer->Send(Create<Packet>(step.value));
        break;
    case Action::SHUTDOWN:
        m_ours->ShutdownSend();
        break;
    case Action::PEER_SHUTDOWN:
        m_peer->ShutdownSend();
        break;
    case Action::PEER_KILLED:
        m_peer->Close();
        break;
    case Action::PEER_FORGETS:
        DynamicCast<TcpKeepaliveSocket>(m_peer)->Forget();
        m_listener->Close();
        break;
    case Action::ENABLE:
        m_ours->SetAttribute("KeepaliveEnabled", BooleanValue(true));
        break;
    case Action::DISABLE:
        m_ours->SetAttribute("KeepaliveEnabled", BooleanValue(false));
        break;
    case Action::IDLE:
        m_ours->SetAttribute("KeepaliveIdle", TimeValue(Seconds(step.value)));
        break;
    case Action::OUR_LINK_DOWN:
        m_network->ours->GetObject<Ipv4>()->SetDown(1);
        break;
    case Action::PEER_LINK_DOWN:
        m_network->peer->GetObject<Ipv4>()->SetDown(1);
        m_network->ourDevice->SetCarrier(false);
        break;
    case Action::STOP_FORWARDING:
        m_network->StopForwarding();
        break;
    }
}

void
LinuxRowTestCase::Accepted(Ptr<Socket> socket, const Address&)
{
    m_peer = socket;
    if (m_row.peerReads)
    {
        m_peer->SetRecvCallback(MakeCallback(&LinuxRowTestCase::Readable, this));
    }
}

void
LinuxRowTestCase::Readable(Ptr<Socket> socket)
{
    while (socket->GetRxAvailable() > 0)
    {
        socket->Recv();
    }
}

void
LinuxRowTestCase::NormalClose(Ptr<Socket>)
{
    m_peerClosedAt = Simulator::Now().GetMicroSeconds();
}

void
LinuxRowTestCase::ErrorClose(Ptr<Socket>)
{
    m_errorCloses.push_back(Simulator::Now().GetMicroSeconds());
}

void
LinuxRowTestCase::Ended(TcpEndCause cause)
{
    m_ends.emplace_back(Simulator::Now().GetMicroSeconds(), cause);
}

void
LinuxRowTestCase::Probed(Ptr<const Packet>, uint32_t)
{
    m_probed++;
}

void
LinuxRowTestCase::CheckPackets()
{
    std::vector<SeenSegment> seen;
    std::string log; // for the messages
    for (const SeenSegment& segment : m_network->wire)
    {
        if (segment.when >= m_row.from)
        {
            seen.push_back(segment);
            log += "\n  " + std::to_string(segment.when) + (segment.ours ? " o " : " p ") +
                   segment.flags + " " + std::to_string(segment.seq) + " " +
                   std::to_string(segment.ack) + " " + std::to_string(segment.length);
        }
    }
    NS_TEST_EXPECT_MSG_EQ(seen.size(), m_row.packets.size(), "number of packets:" << log);
    for (std::size_t i = 0; i < std::min(seen.size(), m_row.packets.size()); i++)
    {
        const Expected& expected = m_row.packets[i];
        const std::string what = "packet " + std::to_string(i);
        NS_TEST_EXPECT_MSG_EQ(seen[i].when, expected.simulated, what << ", time" << log);
        NS_TEST_EXPECT_MSG_EQ(seen[i].ours, (expected.who == 'o'), what << ", sender");
        NS_TEST_EXPECT_MSG_EQ(seen[i].flags, expected.flags, what << ", flags");
        NS_TEST_EXPECT_MSG_EQ(seen[i].seq, expected.seq, what << ", sequence number");
        NS_TEST_EXPECT_MSG_EQ(seen[i].ack, expected.ack, what << ", acknowledgment number");
        NS_TEST_EXPECT_MSG_EQ(seen[i].length, expected.length, what << ", payload");
        // A RST from a host without the connection knows of no options.
        const bool timestamp = m_row.timestamps && seen[i].flags != "R";
        NS_TEST_EXPECT_MSG_EQ(seen[i].timestamp, timestamp, what << ", timestamp option");
        NS_TEST_EXPECT_MSG_EQ(seen[i].ipLength,
                              (timestamp ? 52 : 40) + expected.length,
                              what << ", length of the IP packet");
        CheckLateness(seen[i].when, expected.measured, what);
    }
}

void
LinuxRowTestCase::CheckEnd()
{
    const End& end = m_row.end;
    NS_TEST_EXPECT_MSG_EQ((m_ours->GetEndCause() == end.cause),
                          true,
                          "cause asked for: " << ToString(m_ours->GetEndCause()));
    if (m_row.counted != UNKNOWN)
    {
        NS_TEST_EXPECT_MSG_EQ(m_probed, m_row.counted, "number of probes counted");
    }
    NS_TEST_EXPECT_MSG_EQ(m_peerClosedAt, m_row.peerClosedAt, "end of the peer's data");
    if (end.cause == TcpEndCause::NONE)
    {
        NS_TEST_EXPECT_MSG_EQ(m_ends.size(), 0, "it ended");
        NS_TEST_EXPECT_MSG_EQ(m_errorCloses.size(), 0, "the application was told of an error");
        return;
    }
    NS_TEST_ASSERT_MSG_EQ(m_ends.size(), 1, "it ends once");
    NS_TEST_EXPECT_MSG_EQ((m_ends[0].second == end.cause),
                          true,
                          "cause traced: " << ToString(m_ends[0].second));
    NS_TEST_EXPECT_MSG_EQ(m_ends[0].first, end.simulated, "time of the end");
    NS_TEST_ASSERT_MSG_EQ(m_errorCloses.size(), 1, "the application is told of the error, once");
    NS_TEST_EXPECT_MSG_EQ(m_errorCloses[0], end.simulated, "at that instant");
    CheckLateness(m_ends[0].first, end.measured, "end");
}

void
LinuxRowTestCase::CheckLateness(int64_t simulated, int64_t measured, const std::string& what)
{
    int64_t since = m_lastTime;
    for (const Step& step : m_row.script)
    {
        // A script is on time: what follows a step is late by what passed since then.
        since = step.at <= simulated ? std::max(since, step.at) : since;
    }
    m_lateness += GetLateness(simulated - since, m_row.rto);
    m_lastTime = simulated;
    if (measured != UNKNOWN)
    {
        NS_TEST_EXPECT_MSG_LT_OR_EQ(simulated - m_row.rounding, measured, what << " is late");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(measured,
                                    simulated + m_lateness + m_row.rounding,
                                    what << " is earlier than Linux could be");
    }
}

/**
 * @brief The measurements, in the order of the notes.
 * @return all rows that need neither ICMP nor ARP
 */
std::vector<Row>
MakeRows()
{
    std::vector<Row> rows;
    {
        Row row{"silent-at-once",
                {{100'000, Action::CUT}},
                {{2'031'898, 2'000'010, 'o', "A", 0, 1, 0},
                 {3'059'877, 3'000'010, 'o', "A", 0, 1, 0},
                 {4'083'878, 4'000'010, 'o', "A", 0, 1, 0},
                 {5'107'887, 5'000'010, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::KEEPALIVE, 5'107'887, 5'000'010}};
        rows.push_back(row);
    }
    {
        Row row{"idle-alive-then-silent",
                {{9'000'000, Action::CUT}},
                {{2'002'804, 2'000'010, 'o', "A", 0, 1, 0},
                 {2'002'853, 2'000'015, 'p', "A", 1, 1, 0},
                 {4'018'804, 4'000'020, 'o', "A", 0, 1, 0},
                 {4'018'845, 4'000'025, 'p', "A", 1, 1, 0},
                 {6'034'804, 6'000'030, 'o', "A", 0, 1, 0},
                 {6'034'844, 6'000'035, 'p', "A", 1, 1, 0},
                 {8'050'811, 8'000'040, 'o', "A", 0, 1, 0},
                 {8'050'873, 8'000'045, 'p', "A", 1, 1, 0},
                 {10'066'805, 10'000'050, 'o', "A", 0, 1, 0},
                 {11'090'815, 11'000'050, 'o', "A", 0, 1, 0},
                 {12'114'803, 12'000'050, 'o', "A", 0, 1, 0},
                 {13'138'814, 13'000'050, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::KEEPALIVE, 13'138'814, 13'000'050}};
        rows.push_back(row);
    }
    {
        Row row{"data-then-silent",
                {{1'000'000, Action::SEND, 10},
                 {1'500'000, Action::SEND, 10},
                 {2'000'000, Action::CUT}},
                {{1'001'334, 1'000'000, 'o', "A", 1, 1, 10},
                 {1'001'372, 1'000'005, 'p', "A", 1, 11, 0},
                 {1'500'927, 1'500'000, 'o', "A", 11, 1, 10},
                 {1'500'958, 1'500'005, 'p', "A", 1, 21, 0},
                 {3'523'737, 3'500'010, 'o', "A", 20, 1, 0},
                 {4'543'640, 4'500'010, 'o', "A", 20, 1, 0},
                 {5'567'639, 5'500'010, 'o', "A", 20, 1, 0},
                 {6'591'634, 6'500'010, 'o', "RA", 21, 1, 0}},
                {TcpEndCause::KEEPALIVE, 6'591'634, 6'500'010}};
        rows.push_back(row);
    }
    {
        Row row{"peer-data-every-1.5s",
                {{100, Action::PEER_SENDS, 1},
                 {1'500'000, Action::PEER_SENDS, 1},
                 {3'000'000, Action::PEER_SENDS, 1},
                 {4'500'000, Action::PEER_SENDS, 1},
                 {6'000'000, Action::PEER_SENDS, 1},
                 {7'500'000, Action::PEER_SENDS, 1},
                 {9'000'000, Action::PEER_SENDS, 1}},
                {{316, 100, 'p', "A", 1, 1, 1},
                 {361, 105, 'o', "A", 1, 2, 0},
                 {1'500'649, 1'500'000, 'p', "A", 2, 1, 1},
                 {1'500'674, 1'500'005, 'o', "A", 1, 3, 0},
                 {3'000'858, 3'000'000, 'p', "A", 3, 1, 1},
                 {3'000'895, 3'000'005, 'o', "A", 1, 4, 0},
                 {4'501'082, 4'500'000, 'p', "A", 4, 1, 1},
                 {4'501'118, 4'500'005, 'o', "A", 1, 5, 0},
                 {6'001'313, 6'000'000, 'p', "A", 5, 1, 1},
                 {6'001'350, 6'000'005, 'o', "A", 1, 6, 0},
                 {7'501'536, 7'500'000, 'p', "A", 6, 1, 1},
                 {7'501'571, 7'500'005, 'o', "A", 1, 7, 0},
                 {9'001'733, 9'000'000, 'p', "A", 7, 1, 1},
                 {9'001'768, 9'000'005, 'o', "A", 1, 8, 0}},
                {}};
        row.until = 9'900'000;
        rows.push_back(row);
    }
    {
        Row row{"recover-after-2-probes",
                {{100'000, Action::CUT}, {3'500'000, Action::HEAL}},
                {{2'025'513, 2'000'010, 'o', "A", 0, 1, 0},
                 {3'049'501, 3'000'010, 'o', "A", 0, 1, 0},
                 {4'073'515, 4'000'010, 'o', "A", 0, 1, 0},
                 {4'073'565, 4'000'015, 'p', "A", 1, 1, 0},
                 {6'089'515, 6'000'020, 'o', "A", 0, 1, 0},
                 {6'089'605, 6'000'025, 'p', "A", 1, 1, 0},
                 {8'105'513, 8'000'030, 'o', "A", 0, 1, 0},
                 {8'105'552, 8'000'035, 'p', "A", 1, 1, 0},
                 {10'125'500, 10'000'040, 'o', "A", 0, 1, 0},
                 {10'125'582, 10'000'045, 'p', "A", 1, 1, 0},
                 {12'141'515, 12'000'050, 'o', "A", 0, 1, 0},
                 {12'141'556, 12'000'055, 'p', "A", 1, 1, 0}},
                {}};
        row.until = 13'500'000;
        rows.push_back(row);
    }
    {
        Row row{
            "uto-1000",
            {{100'000, Action::CUT}},
            {{2'007'253, 2'000'010, 'o', "A", 0, 1, 0}, {3'031'258, 3'000'010, 'o', "RA", 1, 1, 0}},
            {TcpEndCause::USER_TIMEOUT, 3'031'258, 3'000'010}};
        row.userTimeout = 1000;
        rows.push_back(row);
    }
    {
        Row row{"uto-3500",
                {{100'000, Action::CUT}},
                {{2'022'597, 2'000'010, 'o', "A", 0, 1, 0},
                 {3'046'591, 3'000'010, 'o', "A", 0, 1, 0},
                 {4'070'603, 4'000'010, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::USER_TIMEOUT, 4'070'603, 4'000'010}};
        row.userTimeout = 3500;
        rows.push_back(row);
    }
    {
        Row row{"uto-9000",
                {{100'000, Action::CUT}},
                {{2'023'517, 2'000'010, 'o', "A", 0, 1, 0},
                 {3'047'545, 3'000'010, 'o', "A", 0, 1, 0},
                 {4'071'558, 4'000'010, 'o', "A", 0, 1, 0},
                 {5'095'533, 5'000'010, 'o', "A", 0, 1, 0},
                 {6'119'576, 6'000'010, 'o', "A", 0, 1, 0},
                 {7'143'538, 7'000'010, 'o', "A", 0, 1, 0},
                 {8'167'531, 8'000'010, 'o', "A", 0, 1, 0},
                 {9'195'524, 9'000'010, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::USER_TIMEOUT, 9'195'524, 9'000'010}};
        row.userTimeout = 9000;
        rows.push_back(row);
    }
    {
        Row row{"uto-nokeepalive-idle", {{100'000, Action::CUT}}, {}, {}};
        row.keepalive = false;
        row.userTimeout = 3000;
        rows.push_back(row);
    }
    // The first retransmission is a tail loss probe: it neither counts nor doubles the RTO.
    {
        Row row{"inflight",
                {{100'000, Action::CUT}, {1'000'000, Action::SEND, 10}},
                {{1'001'314, 1'000'000, 'o', "A", 1, 1, 10},
                 {1'205'425, 1'204'000, 'o', "A", 1, 1, 10},
                 {1'413'414, 1'408'000, 'o', "A", 1, 1, 10},
                 {1'825'400, 1'816'000, 'o', "A", 1, 1, 10},
                 {2'657'427, 2'632'000, 'o', "A", 1, 1, 10},
                 {4'321'403, 4'264'000, 'o', "A", 1, 1, 10},
                 {7'777'417, 7'528'000, 'o', "A", 1, 1, 10},
                 {14'433'422, 14'056'000, 'o', "A", 1, 1, 10}},
                {TcpEndCause::RETRANSMISSIONS, 27'700'000, 27'112'000}};
        row.until = 40 * SECOND;
        row.retries = 6;
        row.rto = true;
        rows.push_back(row);
    }
    // The user timeout counts from the first retransmission that is not a tail loss probe.
    {
        Row row{"inflight-uto5000",
                {{100'000, Action::CUT}, {1'000'000, Action::SEND, 10}},
                {{UNKNOWN, 1'000'000, 'o', "A", 1, 1, 10},
                 {UNKNOWN, 1'204'000, 'o', "A", 1, 1, 10},
                 {UNKNOWN, 1'408'000, 'o', "A", 1, 1, 10},
                 {UNKNOWN, 1'816'000, 'o', "A", 1, 1, 10},
                 {UNKNOWN, 2'632'000, 'o', "A", 1, 1, 10},
                 {4'340'000, 4'264'000, 'o', "A", 1, 1, 10}},
                {TcpEndCause::USER_TIMEOUT, 6'588'000, 6'408'000}};
        row.until = 40 * SECOND;
        row.userTimeout = 5000;
        row.rto = true;
        rows.push_back(row);
    }
    {
        Row row{"inflight-during-probes",
                {{100'000, Action::CUT}, {3'500'000, Action::SEND, 10}},
                {{2'029'988, 2'000'010, 'o', "A", 0, 1, 0},
                 {3'057'979, 3'000'010, 'o', "A", 0, 1, 0},
                 {3'502'108, 3'500'000, 'o', "A", 1, 1, 10},
                 {3'709'995, 3'704'000, 'o', "A", 1, 1, 10},
                 {3'917'995, 3'908'000, 'o', "A", 1, 1, 10},
                 {4'334'000, 4'316'000, 'o', "A", 1, 1, 10},
                 {5'165'994, 5'132'000, 'o', "A", 1, 1, 10},
                 {6'830'001, 6'764'000, 'o', "A", 1, 1, 10},
                 {10'190'003, 10'028'000, 'o', "A", 1, 1, 10}},
                {TcpEndCause::RETRANSMISSIONS, 16'800'000, 16'556'000}};
        row.until = 40 * SECOND;
        row.retries = 5;
        row.rto = true;
        rows.push_back(row);
    }
    // The notes give the gaps between probes, to two digits. The second probe comes within 500 ms
    // of the answer to the first, which is the rate limit for such answers.
    {
        Row row{"zero-window",
                {{100, Action::SEND, 4096}},
                {{200'000, 204'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 204'115, 'p', "A", 1, 1073, 0},
                 {630'000, 612'110, 'o', "A", 1072, 1, 0},
                 {1'490'000, 1'428'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 1'428'115, 'p', "A", 1, 1073, 0},
                 {3'190'000, 3'060'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 3'060'115, 'p', "A", 1, 1073, 0},
                 {6'790'000, 6'324'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 6'324'115, 'p', "A", 1, 1073, 0},
                 {13'690'000, 12'852'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 12'852'115, 'p', "A", 1, 1073, 0}},
                {}};
        row.rounding = 50'000;
        row.peerReads = false;
        row.rto = true;
        row.from = 200;
        rows.push_back(row);
    }
    // The backoff ends with retries2.
    {
        Row row{"zero-window-silent",
                {{100, Action::SEND, 4096}, {6'000'000, Action::CUT}},
                {{UNKNOWN, 204'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 204'115, 'p', "A", 1, 1073, 0},
                 {UNKNOWN, 612'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 1'428'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 1'428'115, 'p', "A", 1, 1073, 0},
                 {UNKNOWN, 3'060'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 3'060'115, 'p', "A", 1, 1073, 0},
                 {UNKNOWN, 6'324'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 12'852'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 25'908'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 38'964'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 52'020'110, 'o', "A", 1072, 1, 0}},
                {}};
        row.peerReads = false;
        row.rto = true;
        row.from = 200;
        row.retries = 6;
        row.until = 60 * SECOND;
        rows.push_back(row);
    }
    // The user timeout counts from the first probe of the window; answers are no help.
    {
        Row row{"zero-window-silent-uto",
                {{100, Action::SEND, 4096}, {6'000'000, Action::CUT}},
                {{UNKNOWN, 204'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 204'115, 'p', "A", 1, 1073, 0},
                 {UNKNOWN, 612'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 1'428'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 1'428'115, 'p', "A", 1, 1073, 0},
                 {UNKNOWN, 3'060'110, 'o', "A", 1072, 1, 0},
                 {UNKNOWN, 3'060'115, 'p', "A", 1, 1073, 0}},
                {TcpEndCause::USER_TIMEOUT, 5'275'000, 5'204'110}};
        row.peerReads = false;
        row.rto = true;
        row.from = 200;
        row.userTimeout = 5000;
        rows.push_back(row);
    }
    // The number before ours is that of the FIN.
    {
        Row row{"finwait2",
                {{100, Action::SHUTDOWN}, {5'000'000, Action::CUT}},
                {{UNKNOWN, 100, 'o', "FA", 1, 1, 0},
                 {UNKNOWN, 105, 'p', "A", 1, 2, 0},
                 {UNKNOWN, 2'000'110, 'o', "A", 1, 1, 0},
                 {UNKNOWN, 2'000'115, 'p', "A", 1, 2, 0},
                 {UNKNOWN, 4'000'120, 'o', "A", 1, 1, 0},
                 {UNKNOWN, 4'000'125, 'p', "A", 1, 2, 0},
                 {UNKNOWN, 6'000'130, 'o', "A", 1, 1, 0},
                 {UNKNOWN, 7'000'130, 'o', "A", 1, 1, 0},
                 {UNKNOWN, 8'000'130, 'o', "A", 1, 1, 0},
                 {9'120'000, 9'000'130, 'o', "RA", 2, 1, 0}},
                {TcpEndCause::KEEPALIVE, 9'120'000, 9'000'130}};
        rows.push_back(row);
    }
    {
        Row row{"closewait-open",
                {{100, Action::PEER_SHUTDOWN}, {5'000'000, Action::CUT}},
                {{359, 100, 'p', "FA", 1, 1, 0},
                 {1'047, 105, 'o', "A", 1, 2, 0},
                 {2'017'070, 2'000'105, 'o', "A", 0, 2, 0},
                 {2'017'108, 2'000'110, 'p', "A", 2, 1, 0},
                 {4'033'064, 4'000'115, 'o', "A", 0, 2, 0},
                 {4'033'099, 4'000'120, 'p', "A", 2, 1, 0},
                 {6'049'126, 6'000'125, 'o', "A", 0, 2, 0},
                 {7'073'074, 7'000'125, 'o', "A", 0, 2, 0},
                 {8'097'075, 8'000'125, 'o', "A", 0, 2, 0},
                 {9'121'077, 9'000'125, 'o', "RA", 1, 2, 0}},
                {TcpEndCause::KEEPALIVE, 9'121'077, 9'000'125}};
        row.peerClosedAt = 105;
        rows.push_back(row);
    }
    {
        Row row{"no-timestamps",
                {{5'000'000, Action::CUT}},
                {{2'031'317, 2'000'010, 'o', "A", 0, 1, 0},
                 {2'031'382, 2'000'015, 'p', "A", 1, 1, 0},
                 {4'047'324, 4'000'020, 'o', "A", 0, 1, 0},
                 {4'047'365, 4'000'025, 'p', "A", 1, 1, 0},
                 {6'063'326, 6'000'030, 'o', "A", 0, 1, 0},
                 {7'087'325, 7'000'030, 'o', "A", 0, 1, 0},
                 {8'111'318, 8'000'030, 'o', "A", 0, 1, 0},
                 {9'135'324, 9'000'030, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::KEEPALIVE, 9'135'324, 9'000'030}};
        row.timestamps = false;
        rows.push_back(row);
    }
    {
        Row row{
            "peer-reboot2",
            {{100'000, Action::CUT}, {500'000, Action::PEER_FORGETS}, {1'500'000, Action::HEAL}},
            {{2'032'000, 2'000'010, 'o', "A", 0, 1, 0}, {UNKNOWN, 2'000'015, 'p', "R", 1, 0, 0}},
            {TcpEndCause::RESET_BY_PEER, 2'032'000, 2'000'020}};
        rows.push_back(row);
    }
    {
        Row row{
            "peer-reboot-3rd",
            {{100'000, Action::CUT}, {500'000, Action::PEER_FORGETS}, {3'500'000, Action::HEAL}},
            {{2'019'113, 2'000'010, 'o', "A", 0, 1, 0},
             {3'043'107, 3'000'010, 'o', "A", 0, 1, 0},
             {4'067'116, 4'000'010, 'o', "A", 0, 1, 0},
             {4'067'165, 4'000'015, 'p', "R", 1, 0, 0}},
            {TcpEndCause::RESET_BY_PEER, 4'067'165, 4'000'020}};
        rows.push_back(row);
    }
    // The notes say: cut from 0.5 to 0.9 s, killed in between, and heard of at 1.41 s. So the
    // process was dead at 0.59 s, and the wire worked again after 1.0 s, no sooner.
    {
        Row row{"peer-app-killed",
                {{500'000, Action::CUT}, {590'000, Action::PEER_KILLED}, {1'005'000, Action::HEAL}},
                {{UNKNOWN, 590'000, 'p', "FA", 1, 1, 0},
                 {UNKNOWN, 794'000, 'p', "FA", 1, 1, 0},
                 {UNKNOWN, 998'000, 'p', "FA", 1, 1, 0},
                 {1'410'000, 1'406'000, 'p', "FA", 1, 1, 0},
                 {UNKNOWN, 1'406'005, 'o', "A", 1, 2, 0}},
                {}};
        row.peerClosedAt = 1'406'005;
        row.until = 1'900'000;
        row.rto = true;
        rows.push_back(row);
    }
    {
        Row row{"peer-link-down",
                {{100'000, Action::PEER_LINK_DOWN}},
                {},
                {TcpEndCause::KEEPALIVE, 5'100'000, 5'000'010}};
        row.counted = 3;
        rows.push_back(row);
    }
    {
        Row row{"own-link-down",
                {{100'000, Action::OUR_LINK_DOWN}},
                {},
                {TcpEndCause::KEEPALIVE, 5'100'000, 5'000'010}};
        row.counted = 3;
        rows.push_back(row);
    }
    {
        Row row{"blackhole-router",
                {{100'000, Action::STOP_FORWARDING}},
                {{UNKNOWN, 2'000'010, 'o', "A", 0, 1, 0},
                 {UNKNOWN, 3'000'010, 'o', "A", 0, 1, 0},
                 {UNKNOWN, 4'000'010, 'o', "A", 0, 1, 0},
                 {UNKNOWN, 5'000'010, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::KEEPALIVE, UNKNOWN, 5'000'010}};
        row.router = true;
        rows.push_back(row);
    }
    {
        Row row{"late-enable",
                {{5'000'000, Action::ENABLE}, {10'000'000, Action::CUT}},
                {{7'008'791, 7'000'000, 'o', "A", 0, 1, 0},
                 {7'008'843, 7'000'005, 'p', "A", 1, 1, 0},
                 {9'024'783, 9'000'010, 'o', "A", 0, 1, 0},
                 {9'024'815, 9'000'015, 'p', "A", 1, 1, 0},
                 {11'040'786, 11'000'020, 'o', "A", 0, 1, 0},
                 {12'064'805, 12'000'020, 'o', "A", 0, 1, 0},
                 {13'088'814, 13'000'020, 'o', "A", 0, 1, 0},
                 {14'112'836, 14'000'020, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::KEEPALIVE, 14'112'836, 14'000'020}};
        row.keepalive = false;
        rows.push_back(row);
    }
    {
        Row row{"late-shorter-idle",
                {{5'000'000, Action::IDLE, 2}},
                {{5'006'000, 5'000'000, 'o', "A", 0, 1, 0},
                 {UNKNOWN, 5'000'005, 'p', "A", 1, 1, 0},
                 {UNKNOWN, 7'000'010, 'o', "A", 0, 1, 0},
                 {UNKNOWN, 7'000'015, 'p', "A", 1, 1, 0}},
                {}};
        row.idle = 60;
        row.until = 8 * SECOND;
        rows.push_back(row);
    }
    {
        Row row{"switch-off",
                {{100'000, Action::CUT}, {2'500'000, Action::DISABLE}},
                {{UNKNOWN, 2'000'010, 'o', "A", 0, 1, 0}},
                {}};
        rows.push_back(row);
    }
    {
        Row row{"idle10",
                {{15'000'000, Action::CUT}},
                {{10'066'000, 10'000'010, 'o', "A", 0, 1, 0},
                 {UNKNOWN, 10'000'015, 'p', "A", 1, 1, 0},
                 {20'306'000, 20'000'020, 'o', "A", 0, 1, 0},
                 {25'426'000, 25'000'020, 'o', "A", 0, 1, 0},
                 {30'546'000, 30'000'020, 'o', "RA", 1, 1, 0}},
                {TcpEndCause::KEEPALIVE, 30'546'000, 30'000'020}};
        row.idle = 10;
        row.interval = 5;
        row.probes = 2;
        row.until = 40 * SECOND;
        rows.push_back(row);
    }
    return rows;
}

/// TcpKeepaliveSocket against Linux.
class TcpLinuxOracleTestSuite : public TestSuite
{
  public:
    TcpLinuxOracleTestSuite()
        : TestSuite("keepalive-tcp-linux-oracle")
    {
        for (const Row& row : MakeRows())
        {
            AddTestCase(new LinuxRowTestCase(row));
        }
    }
};

TcpLinuxOracleTestSuite g_tcpLinuxOracleTestSuite; //!< registers the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
