/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BFD as the one that tells BGP and GRE that the other end is gone (RFC 5882).
 *
 * BFD has 3 times 300 ms everywhere; the hold time of BGP is 180 s, and its idle hold time 5 s.
 *
 * 1. A link is cut silently: both BGP ends are down with BFD, to the nanosecond, because of it.
 *    Each says Cease / BFD Down, in the bytes of a public capture, and starts again after the idle
 *    hold time, whatever BFD says by then.
 * 2. A link is cut one way: who hears nothing tells the other by BFD, which ends BGP there, too,
 *    before the NOTIFICATION arrives.
 * 3. No failure: the operator shuts BFD, at either end, or enables it. BGP stays up.
 * 4. A node crashes: its neighbour is down with BFD, it itself says nothing. It reboots, and both
 *    come up.
 * 5. BGP that is not as far as OpenSent is left alone. BGP whose process hangs, while BFD is
 *    offloaded, hears of it when the process goes on.
 * 6. A GRE tunnel is down with BFD, and up with BFD, with keepalives or without, and so are its
 *    routes. Keepalives that notice, too, are the last to come back.
 * 7. A tunnel that BFD holds down is let go when BFD is shut, at either end, and when its own node
 *    boots.
 * 8. A line protocol that is held down remembers what is said meanwhile.
 */

#include "bgp-test-network.h"
#include "gre-test-network.h"

#include "ns3/bfd-bgp-client.h"
#include "ns3/bfd-helper.h"
#include "ns3/bfd-line-client.h"
#include "ns3/boolean.h"
#include "ns3/failure-helper.h"
#include "ns3/failure-injector.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/line-protocol.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

constexpr double DETECTION_TIME = 0.9; //!< of BFD, seconds
constexpr double IDLE_HOLD = 5;        //!< of BGP, seconds
constexpr double FAILURE = 20;         //!< when something fails, seconds
/// Cease / BFD Down as a whole message: bgp-bfd-cease.pcap of tcpdump's tests, packet 1.
constexpr const char* CEASE_BFD_DOWN = "ffffffffffffffffffffffffffffffff001503060a";

/**
 * @ingroup keepalive-tests
 * @brief What was said of a line, and when.
 */
struct Change
{
    Time when;        //!< when
    std::string what; //!< such as "down bfd-down"
};

/**
 * @ingroup keepalive-tests
 * @brief Note a change. A trace sink.
 * @param changes where
 * @param event the change
 */
void
Note(std::vector<Change>* changes, const DetectionEvent& event)
{
    changes->push_back(
        {event.when, std::string(event.up ? "up " : "down ") + ToString(event.cause)});
}

/**
 * @ingroup keepalive-tests
 * @brief What was said of a line, without the times.
 * @param changes what was noted
 * @return all of it
 */
std::string
Join(const std::vector<Change>& changes)
{
    std::string text;
    for (const Change& change : changes)
    {
        text += (text.empty() ? "" : ", ") + change.what;
    }
    return text;
}

/**
 * @ingroup keepalive-tests
 * @brief Two BGP speakers, and BFD beside them.
 */
class BgpWithBfd : public BgpTestNetwork
{
  public:
    /**
     * @brief Build it.
     * @param offloaded BFD goes on while the control plane hangs
     * @param passive both ends of BGP wait for the other
     */
    explicit BgpWithBfd(bool offloaded = false, bool passive = false)
        : BgpTestNetwork(2)
    {
        helper.SetNeighborAttribute("HoldTime", TimeValue(Seconds(180)));
        helper.SetNeighborAttribute("IdleHoldTime", TimeValue(Seconds(IDLE_HOLD)));
        helper.SetNeighborAttribute("Passive", BooleanValue(passive));
        BgpTestNetwork::Link& link = Connect(0, 1);
        BfdHelper bfd;
        bfd.SetAttribute("Offloaded", BooleanValue(offloaded));
        for (const uint32_t end : {0, 1})
        {
            bfdSpeakers[end] = bfd.Install(nodes.Get(end));
            sessions[end] =
                bfd.AddSession(bfdSpeakers[end], link.addresses[end], link.addresses[1 - end]);
            bfdSpeakers[end]->AssignStreams(10 * end);
            Ptr<BfdBgpClient> client = CreateObject<BfdBgpClient>();
            client->Attach(sessions[end], end == 0 ? link.first : link.second);
            sessions[end]->TraceConnectWithoutContext("LineProtocol",
                                                      MakeBoundCallback(&Note, &changes[end]));
            link.devices.Get(end)->TraceConnectWithoutContext(
                "PhyTxBegin",
                MakeBoundCallback(&BgpWithBfd::HandleFrame, this, end));
        }
    }

    /**
     * @brief The only time of a record that begins so.
     * @param end at which speaker
     * @param prefix of the record
     * @return the time; -1 s if there is none or more than one
     */
    Time FindOnly(uint32_t end, const std::string& prefix) const
    {
        const std::vector<Time> times = Find(end, 0, prefix);
        return times.size() == 1 ? times.front() : Seconds(-1);
    }

    /**
     * @brief Let something happen at the time of the failure.
     * @param target what fails
     * @param duration how long; zero for ever
     */
    void Fail(Ptr<FailureTarget> target, Time duration)
    {
        injector->Schedule(target, Seconds(FAILURE), duration);
    }

    Ptr<BfdSpeaker> bfdSpeakers[2];                                 //!< on the nodes
    Ptr<BfdSession> sessions[2];                                    //!< of them
    std::vector<Change> changes[2];                                 //!< what BFD said
    std::vector<Time> ceases[2];                                    //!< on the wire, by sender
    Ptr<FailureInjector> injector{CreateObject<FailureInjector>()}; //!< what fails

  private:
    /**
     * @brief Look for NOTIFICATIONs on the wire. A trace sink.
     * @param network whose
     * @param end the sender
     * @param frame the frame
     */
    static void HandleFrame(BgpWithBfd* network, uint32_t end, Ptr<const Packet> frame)
    {
        if (ToHex(frame).find(CEASE_BFD_DOWN) != std::string::npos)
        {
            network->ceases[end].push_back(Simulator::Now());
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 1. A silent cut.
 */
class SilentCutTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param duration how long the link is cut
     */
    explicit SilentCutTestCase(Time duration)
        : TestCase("BGP, link cut for " + std::to_string(duration.GetSeconds()) + " s"),
          m_duration(duration)
    {
    }

  private:
    void DoRun() override
    {
        BgpWithBfd network;
        network.Fail(network.links[0].cut, m_duration);
        network.RunUntil(Seconds(FAILURE + 60));
        for (const uint32_t end : {0, 1})
        {
            const Time down = network.FindOnly(end, "down bfd-down");
            NS_TEST_ASSERT_MSG_EQ(Join(network.changes[end]),
                                  "up session-established, down detection-time-expired, "
                                  "up session-established",
                                  "BFD of " << end);
            NS_TEST_EXPECT_MSG_EQ(down, network.changes[end][1].when, "both at once, " << end);
            NS_TEST_EXPECT_MSG_GT(down, Seconds(FAILURE + DETECTION_TIME - 0.3), "too early");
            NS_TEST_EXPECT_MSG_LT(down, Seconds(FAILURE + DETECTION_TIME), "too late");
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").size(), 1U, "once, " << end);
            NS_TEST_ASSERT_MSG_GT(network.ceases[end].size(), 0U, "NOTIFICATION of " << end);
            // Behind BFD's own packet, which says Down.
            NS_TEST_EXPECT_MSG_GT(network.ceases[end].front(), down, "NOTIFICATION of " << end);
            NS_TEST_EXPECT_MSG_LT(network.ceases[end].front(),
                                  down + MicroSeconds(2),
                                  "and at once");
            const std::vector<Time> starts = network.Find(end, 0, "Idle -> Connect");
            NS_TEST_ASSERT_MSG_GT(starts.size(), 1U, "starts of " << end);
            NS_TEST_EXPECT_MSG_EQ(starts[1], down + Seconds(IDLE_HOLD), "restart of " << end);
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), 2U, "up again, " << end);
        }
    }

    Time m_duration; //!< how long the link is cut
};

/**
 * @ingroup keepalive-tests
 * @brief 2. A link that is cut one way.
 */
class OneWayCutTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param deaf the end that hears nothing
     */
    explicit OneWayCutTestCase(uint32_t deaf)
        : TestCase("BGP, nothing arrives at " + std::to_string(deaf)),
          m_deaf(deaf)
    {
    }

  private:
    void DoRun() override
    {
        BgpWithBfd network;
        const BgpTestNetwork::Link& link = network.links[0];
        network.Fail(m_deaf == 0 ? link.cutToFirst : link.cutToSecond, Seconds(4));
        network.RunUntil(Seconds(FAILURE + 60));
        const uint32_t hearing = 1 - m_deaf;
        NS_TEST_ASSERT_MSG_EQ(Join(network.changes[m_deaf]),
                              "up session-established, down detection-time-expired, "
                              "up session-established",
                              "BFD of the deaf end");
        NS_TEST_ASSERT_MSG_EQ(Join(network.changes[hearing]),
                              "up session-established, down peer-signaled-down, "
                              "up session-established",
                              "BFD of the other");
        const Time first = network.FindOnly(m_deaf, "down bfd-down");
        const Time second = network.FindOnly(hearing, "down bfd-down");
        NS_TEST_EXPECT_MSG_EQ(first, network.changes[m_deaf][1].when, "BGP with BFD");
        NS_TEST_EXPECT_MSG_EQ(second, network.changes[hearing][1].when, "BGP with BFD");
        NS_TEST_EXPECT_MSG_GT_OR_EQ(second, first + MilliSeconds(5), "the delay of the link");
        NS_TEST_EXPECT_MSG_LT(second, first + MilliSeconds(6), "and no more");
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").size(), 1U, "once, " << end);
            NS_TEST_EXPECT_MSG_GT(network.ceases[end].size(), 0U, "NOTIFICATION of " << end);
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), 2U, "up again, " << end);
        }
    }

    uint32_t m_deaf; //!< the end that hears nothing
};

/**
 * @ingroup keepalive-tests
 * @brief 3. The operator shuts BFD.
 */
class BfdShutTestCase : public TestCase
{
  public:
    BfdShutTestCase()
        : TestCase("BGP, BFD is shut and enabled at one end, then at the other")
    {
    }

  private:
    void DoRun() override
    {
        BgpWithBfd network;
        for (const uint32_t end : {0, 1})
        {
            const Time begin = Seconds(FAILURE + 20 * end);
            Simulator::Schedule(begin, &BfdSession::SetAdminDown, network.sessions[end], true);
            Simulator::Schedule(begin + Seconds(10),
                                &BfdSession::SetAdminDown,
                                network.sessions[end],
                                false);
        }
        network.RunUntil(Seconds(FAILURE + 60));
        const std::string shut[2] = {"admin-shutdown", "peer-admin-down"};
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(Join(network.changes[end]),
                                  "up session-established, down " + shut[end] +
                                      ", up session-established, down " + shut[1 - end] +
                                      ", up session-established",
                                  "BFD of " << end);
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), 1U, "BGP of " << end);
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").size(), 0U, "BGP of " << end);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. A crash.
 */
class CrashTestCase : public TestCase
{
  public:
    CrashTestCase()
        : TestCase("BGP, a node crashes and reboots")
    {
    }

  private:
    void DoRun() override
    {
        BgpWithBfd network;
        network.Fail(FailureHelper::Crash(network.nodes.Get(1), "second"), Seconds(10));
        network.RunUntil(Seconds(FAILURE + 100));
        NS_TEST_ASSERT_MSG_EQ(Join(network.changes[0]),
                              "up session-established, down detection-time-expired, "
                              "up session-established",
                              "BFD of the neighbour");
        NS_TEST_EXPECT_MSG_EQ(network.FindOnly(0, "down "),
                              network.changes[0][1].when,
                              "BGP of the neighbour");
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(0, 0, "down "), "down bfd-down", "its cause");
        NS_TEST_ASSERT_MSG_EQ(Join(network.changes[1]),
                              "up session-established, down node-crashed, up session-established",
                              "BFD of the victim");
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "down "), "down node-crashed", "its cause");
        NS_TEST_EXPECT_MSG_EQ(network.ceases[1].size(), 0U, "the dead do not speak");
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), 2U, "up again, " << end);
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").size(), 1U, "once, " << end);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Both ends of BGP wait for the other, so that there is no session.
 */
class NoSessionTestCase : public TestCase
{
  public:
    NoSessionTestCase()
        : TestCase("BGP that is not up")
    {
    }

  private:
    void DoRun() override
    {
        BgpWithBfd network(false, true);
        network.Fail(network.links[0].cut, Seconds(4));
        network.RunUntil(Seconds(FAILURE + 20));
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(network.changes[end].size(), 3U, "BFD does go down");
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "Idle -> Active").size(), 1U, "waits");
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "Active -> ").size(), 0U, "and goes on");
            NS_TEST_EXPECT_MSG_EQ(network.ceases[end].size(), 0U, "nothing to say");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. The processes of one node hang, but for BFD in its line card; meanwhile the link is
 * cut.
 */
class StallTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param crash whether the node loses its power before the processes go on
     */
    explicit StallTestCase(bool crash)
        : TestCase(std::string("BGP that hangs") + (crash ? ", and then loses its power" : "")),
          m_crash(crash)
    {
    }

  private:
    void DoRun() override
    {
        BgpWithBfd network(true);
        network.Fail(network.links[0].cut, Seconds(12));
        network.injector->Schedule(FailureHelper::Stall(network.nodes.Get(0), "first"),
                                   Seconds(FAILURE - 1),
                                   Seconds(11));
        if (m_crash)
        {
            network.injector->Schedule(FailureHelper::Crash(network.nodes.Get(0), "first"),
                                       Seconds(FAILURE + 9),
                                       Seconds(2));
            // A new life, and a hang in which BFD has nothing to say.
            network.injector->Schedule(FailureHelper::Stall(network.nodes.Get(0), "first"),
                                       Seconds(FAILURE + 50),
                                       Seconds(1));
        }
        network.RunUntil(Seconds(FAILURE + 60));
        NS_TEST_EXPECT_MSG_EQ(Join(network.changes[0]),
                              "up session-established, down detection-time-expired, "
                              "up session-established",
                              "BFD goes on");
        const std::vector<Time> downs = network.Find(0, 0, "down ");
        NS_TEST_ASSERT_MSG_EQ(downs.size(), 1U, "BGP down");
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(0, 0, "down "),
                              (m_crash ? "down node-crashed" : "down bfd-down"),
                              "why");
        NS_TEST_EXPECT_MSG_EQ(downs[0], Seconds(FAILURE + (m_crash ? 9 : 10)), "when it goes on");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 2U, "up again");
    }

    bool m_crash; //!< the node loses its power before the processes go on
};

/**
 * @ingroup keepalive-tests
 * @brief A tunnel, and BFD beside it.
 */
class GreWithBfd : public GreTestNetwork
{
  public:
    /**
     * @brief Build it.
     * @param options of the tunnel
     */
    explicit GreWithBfd(const Options& options)
        : GreTestNetwork(options)
    {
        const Ipv4Address addresses[2] = {"10.0.0.1", "10.0.0.2"};
        const Ptr<GreTunnelDevice> ends[2] = {a, b};
        BfdHelper bfd;
        for (const uint32_t end : {0, 1})
        {
            Ptr<BfdSpeaker> speaker = bfd.Install(nodes.Get(end));
            sessions[end] = bfd.AddSession(speaker, addresses[end], addresses[1 - end]);
            speaker->AssignStreams(10 * end);
            clients[end] = CreateObject<BfdLineClient>();
            clients[end]->Attach(sessions[end], ends[end]);
            sessions[end]->TraceConnectWithoutContext("LineProtocol",
                                                      MakeBoundCallback(&Note, &bfdChanges[end]));
            ends[end]->TraceConnectWithoutContext("LineProtocol",
                                                  MakeBoundCallback(&Note, &changes[end]));
        }
        // What is behind B: through the tunnel, and if that is down over the wire.
        Ptr<Ipv4> ipv4 = nodes.Get(0)->GetObject<Ipv4>();
        Ptr<Ipv4StaticRouting> routing = Ipv4StaticRoutingHelper().GetStaticRouting(ipv4);
        m_tunnel = ipv4->GetInterfaceForDevice(a);
        routing->AddNetworkRouteTo("192.0.2.0", "255.255.255.0", m_tunnel, 1);
        routing->AddNetworkRouteTo("192.0.2.0", "255.255.255.0", "10.0.0.2", 1, 5);
    }

    ~GreWithBfd()
    {
        Simulator::Destroy();
    }

    /**
     * @brief Whether A's route leads through the tunnel.
     * @return true if so, false if it leads over the wire
     */
    bool IsRoutedThroughTunnel() const
    {
        Ipv4Header header;
        header.SetDestination("192.0.2.1");
        Socket::SocketErrno error = Socket::ERROR_NOTERROR;
        const Ptr<Ipv4Route> route =
            nodes.Get(0)->GetObject<Ipv4>()->GetRoutingProtocol()->RouteOutput(nullptr,
                                                                               header,
                                                                               nullptr,
                                                                               error);
        return route && route->GetOutputDevice() == a;
    }

    /**
     * @brief Cut the wire, both ways.
     * @param cut whether it is cut
     */
    void Cut(bool cut)
    {
        SetCut(true, true, cut);
    }

    /// Note where the route leads.
    void LookAtRoute()
    {
        routes += IsRoutedThroughTunnel() ? 't' : 'w';
    }

    Ptr<BfdSession> sessions[2];       //!< at A and B
    Ptr<BfdLineClient> clients[2];     //!< of them
    std::vector<Change> bfdChanges[2]; //!< what BFD said
    std::vector<Change> changes[2];    //!< what the tunnel said
    std::string routes;                //!< t for the tunnel, w for the wire

  private:
    uint32_t m_tunnel; //!< number of A's interface
};

/**
 * @ingroup keepalive-tests
 * @brief 6. The wire of a tunnel is cut for a while.
 */
class TunnelTestCase : public TestCase
{
  public:
    /// What happens, and what is to be seen.
    struct Case
    {
        const char* name;     //!< of the case
        double interval;      //!< of keepalives, seconds; 0 for none
        double duration;      //!< of the cut, seconds
        const char* expected; //!< of the tunnel
    };

    /**
     * @brief Create the case.
     * @param which what happens
     */
    explicit TunnelTestCase(const Case& which)
        : TestCase(std::string("GRE, ") + which.name),
          m_case(which)
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options;
        options.intervalA = Seconds(m_case.interval);
        options.intervalB = Seconds(m_case.interval);
        GreWithBfd network(options);
        Simulator::Schedule(Seconds(FAILURE), &GreWithBfd::Cut, &network, true);
        Simulator::Schedule(Seconds(FAILURE + m_case.duration), &GreWithBfd::Cut, &network, false);
        for (const double when : {FAILURE - 1, FAILURE + 1, FAILURE + m_case.duration + 10})
        {
            Simulator::Schedule(Seconds(when), &GreWithBfd::LookAtRoute, &network);
        }
        Simulator::Stop(Seconds(FAILURE + m_case.duration + 20));
        Simulator::Run();
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_ASSERT_MSG_EQ(Join(network.bfdChanges[end]),
                                  "up session-established, down detection-time-expired, "
                                  "up session-established",
                                  "BFD of " << end);
            NS_TEST_ASSERT_MSG_EQ(Join(network.changes[end]), m_case.expected, "tunnel of " << end);
            NS_TEST_EXPECT_MSG_EQ(network.changes[end][0].when,
                                  network.bfdChanges[end][1].when,
                                  "down with BFD");
            const Time up = network.bfdChanges[end][2].when;
            if (network.changes[end][1].what == "up session-established")
            {
                NS_TEST_EXPECT_MSG_EQ(network.changes[end][1].when, up, "up with BFD");
            }
            else
            {
                NS_TEST_EXPECT_MSG_GT(network.changes[end][1].when, up, "up after BFD");
            }
            NS_TEST_EXPECT_MSG_EQ(network.clients[end]->IsFailed(), false, "all is well");
        }
        NS_TEST_EXPECT_MSG_EQ(network.routes, "twt", "routes");
    }

    Case m_case; //!< what happens
};

/**
 * @ingroup keepalive-tests
 * @brief 7. A tunnel that BFD holds down.
 */
class HeldTunnelTestCase : public TestCase
{
  public:
    /// Something that happens to A's BFD, or that it hears.
    enum class Happening
    {
        SHUT,      //!< A's operator shuts it
        PEER_SHUT, //!< B's operator shuts it, and A hears of it
        BOOT       //!< A loses its power and boots
    };

    /**
     * @brief Create the case.
     * @param happening what happens
     * @param expected what A's tunnel does
     */
    HeldTunnelTestCase(Happening happening, const char* expected)
        : TestCase(std::string("GRE, held down: ") + expected),
          m_happening(happening),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        GreWithBfd network(GreTestNetwork::Options{});
        // To A only: B still hears A, and tells it nothing but that.
        Simulator::Schedule(Seconds(FAILURE), &GreWithBfd::SetCut, &network, true, false, true);
        const Time then = Seconds(FAILURE + 5);
        Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
        switch (m_happening)
        {
        case Happening::SHUT:
            Simulator::Schedule(then, &BfdSession::SetAdminDown, network.sessions[0], true);
            break;
        case Happening::PEER_SHUT:
            Simulator::Schedule(then, &BfdSession::SetAdminDown, network.sessions[1], true);
            Simulator::Schedule(then, &GreWithBfd::SetCut, &network, true, false, false);
            break;
        case Happening::BOOT:
            injector->Schedule(FailureHelper::Crash(network.nodes.Get(0), "A"), then, Seconds(2));
            break;
        }
        Simulator::Stop(Seconds(FAILURE + 20));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Join(network.changes[0]), m_expected, "tunnel of A");
        NS_TEST_EXPECT_MSG_EQ(network.IsRoutedThroughTunnel(), true, "the route is back");
    }

    Happening m_happening;  //!< what happens
    const char* m_expected; //!< what A's tunnel does
};

/**
 * @ingroup keepalive-tests
 * @brief 8. A line protocol.
 */
class HoldTestCase : public TestCase
{
  public:
    HoldTestCase()
        : TestCase("line protocol that is held down")
    {
    }

  private:
    /**
     * @brief Note a change.
     * @param event the change
     */
    void Hear(DetectionEvent& event)
    {
        Note(&m_changes, event);
    }

    void DoRun() override
    {
        LineProtocol line("test");
        line.SetReport(MakeCallback(&HoldTestCase::Hear, this));
        line.SetHeldDown(false, LineCause::BFD_DOWN);
        line.SetHeldDown(true, LineCause::BFD_DOWN);
        line.SetHeldDown(true, LineCause::BFD_DOWN);
        line.Set(true, LineCause::KEEPALIVE_ANSWERED);
        line.SetHeldDown(false, LineCause::SESSION_ESTABLISHED);
        NS_TEST_EXPECT_MSG_EQ(Join(m_changes), "down bfd-down, up session-established", "held");

        m_changes.clear();
        line.SetHeldDown(true, LineCause::BFD_DOWN);
        line.Set(false, LineCause::KEEPALIVE_UNANSWERED);
        line.SetHeldDown(false, LineCause::SESSION_ESTABLISHED);
        NS_TEST_EXPECT_MSG_EQ(line.IsUp(), false, "for another reason");
        line.Set(true, LineCause::KEEPALIVE_ANSWERED);
        NS_TEST_EXPECT_MSG_EQ(Join(m_changes), "down bfd-down, up keepalive-answered", "both");

        m_changes.clear();
        line.Set(false, LineCause::KEEPALIVE_UNANSWERED);
        line.SetHeldDown(true, LineCause::BFD_DOWN);
        line.Set(true, LineCause::KEEPALIVE_ANSWERED);
        line.SetHeldDown(false, LineCause::SESSION_ESTABLISHED);
        NS_TEST_EXPECT_MSG_EQ(Join(m_changes),
                              "down keepalive-unanswered, up session-established",
                              "the other way round");

        m_changes.clear();
        line.SetHeldDown(true, LineCause::BFD_DOWN);
        line.Initialize(true);
        NS_TEST_EXPECT_MSG_EQ(line.IsUp(), false, "begins held down");
        line.Initialize(false);
        line.SetHeldDown(false, LineCause::SESSION_ESTABLISHED);
        NS_TEST_EXPECT_MSG_EQ(Join(m_changes), "down bfd-down", "begins down");
    }

    std::vector<Change> m_changes; //!< what was said
};

/**
 * @ingroup keepalive-tests
 * @brief What BFD tells its clients.
 */
class BfdClientTestSuite : public TestSuite
{
  public:
    BfdClientTestSuite()
        : TestSuite("keepalive-bfd-client")
    {
        AddTestCase(new SilentCutTestCase(Seconds(3)));
        AddTestCase(new SilentCutTestCase(Seconds(8)));
        AddTestCase(new OneWayCutTestCase(0));
        AddTestCase(new OneWayCutTestCase(1));
        AddTestCase(new BfdShutTestCase);
        AddTestCase(new CrashTestCase);
        AddTestCase(new NoSessionTestCase);
        AddTestCase(new StallTestCase(false));
        AddTestCase(new StallTestCase(true));
        const char* with = "down bfd-down, up session-established";
        const char* after = "down bfd-down, up keepalive-answered";
        const TunnelTestCase::Case tunnels[] = {
            {"no keepalives", 0, 10, with},
            {"keepalives that do not notice", 10, 3, with},
            {"keepalives that notice, and hear of the end of the cut first", 0.5, 10, with},
            {"keepalives that notice, and are late", 5, 31, after}};
        for (const TunnelTestCase::Case& tunnel : tunnels)
        {
            AddTestCase(new TunnelTestCase(tunnel));
        }
        using Happening = HeldTunnelTestCase::Happening;
        AddTestCase(new HeldTunnelTestCase(Happening::SHUT, "down bfd-down, up admin-shutdown"));
        AddTestCase(
            new HeldTunnelTestCase(Happening::PEER_SHUT, "down bfd-down, up peer-admin-down"));
        AddTestCase(new HeldTunnelTestCase(Happening::BOOT, "down bfd-down, up node-booted"));
        AddTestCase(new HoldTestCase);
    }
};

BfdClientTestSuite g_bfdClientTestSuite; //!< registered by its construction

} // namespace
