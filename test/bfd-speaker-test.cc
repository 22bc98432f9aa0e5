/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BFD over UDP: sessions between nodes.
 *
 * Two nodes, or three in a row where there are hops, with 5 ms between neighbours; no jitter; the
 * first packets at 0.5 s from one end and 0.8 s from the other.
 *
 *  1. Two speakers bring a session up, with one packet from the other end for each step.
 *  2. Packets leave with TTL 255, CS6, from a port of 49152 to 65535 that is the session's for life
 *     and no other session's, to port 3784, or 4784 if multihop.
 *  3. What came over a router is dropped on a single hop, and welcome with MultiHop; the one port
 * is not served by the sessions of the other.
 *  4. Packets that RFC 5880 section 6.8.6 tells to discard are dropped, each for its reason; what
 *     belongs to one of several sessions reaches that one.
 *  5. A cut is noticed after the detection time by the end that hears nothing, and by the other one
 *     from its word.
 *  6. A crash is silent; after the boot there are new discriminators, and the session comes up.
 *  7. A stall of a detection time ends the session at both ends, unless BFD is offloaded, which the
 *     C bit tells. What arrives meanwhile waits.
 *  8. Sessions may be added while the application runs; when it stops they end.
 *  9. An unreachable peer is a drop, not an error.
 */

#include "hex-bytes.h"

#include "ns3/bfd-helper.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief Nodes in a row, their speakers, and what happens.
 */
class BfdNetwork
{
  public:
    /**
     * @brief Make the nodes.
     * @param count how many
     */
    explicit BfdNetwork(uint32_t count = 2)
    {
        nodes.Create(count);
        InternetStackHelper internet;
        internet.Install(nodes);
        PointToPointHelper link;
        link.SetChannelAttribute("Delay", TimeValue(MilliSeconds(5)));
        link.SetDeviceAttribute("DataRate", StringValue("100Gbps"));
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
        for (uint32_t i = 0; i + 1 < count; i++)
        {
            devices.push_back(link.Install(nodes.Get(i), nodes.Get(i + 1)));
            interfaces.push_back(addresses.Assign(devices.back()));
            addresses.NewNetwork();
        }
        if (count > 2)
        {
            Ipv4GlobalRoutingHelper::PopulateRoutingTables();
        }
        SetConstant("Jitter", 1);
    }

    ~BfdNetwork()
    {
        Simulator::Destroy();
    }

    BfdNetwork(const BfdNetwork&) = delete;
    BfdNetwork& operator=(const BfdNetwork&) = delete;

    /// Connect the two ends of the row.
    void Connect()
    {
        const auto last = static_cast<uint32_t>(interfaces.size() - 1);
        const Ipv4Address first = interfaces[0].GetAddress(0);
        const Ipv4Address second = interfaces[last].GetAddress(1);
        a = Install(0);
        b = Install(nodes.GetN() - 1);
        SetConstant("StartPhase", 0.5);
        Watch("a", helper.AddSession(a, first, second));
        SetConstant("StartPhase", 0.8);
        Watch("b", helper.AddSession(b, second, first));
    }

    /**
     * @brief Make a speaker and watch its drops.
     * @param node of which node
     * @return the speaker
     */
    Ptr<BfdSpeaker> Install(uint32_t node)
    {
        Ptr<BfdSpeaker> speaker = helper.Install(nodes.Get(node));
        speaker->TraceConnectWithoutContext("Drop", MakeCallback(&BfdNetwork::LogDrop, this));
        return speaker;
    }

    /**
     * @brief Log what a session does.
     * @param name what to call it
     * @param session the session
     */
    void Watch(const std::string& name, Ptr<BfdSession> session)
    {
        session->TraceConnectWithoutContext(
            "LineProtocol",
            MakeBoundCallback(&BfdNetwork::LogLine, std::make_pair(this, name)));
        session->TraceConnectWithoutContext("Drop", MakeCallback(&BfdNetwork::LogDrop, this));
    }

    /**
     * @brief Set what is always drawn in the sessions to come.
     * @param name Jitter or StartPhase
     * @param value what
     */
    void SetConstant(const std::string& name, double value)
    {
        Ptr<ConstantRandomVariable> constant = CreateObject<ConstantRandomVariable>();
        constant->SetAttribute("Constant", DoubleValue(value));
        helper.SetSessionAttribute(name, PointerValue(constant));
    }

    /**
     * @brief Do something.
     * @param seconds when
     * @param action what
     */
    void DoAt(double seconds, std::function<void()> action)
    {
        Simulator::Schedule(Seconds(seconds) - Simulator::Now(), &BfdNetwork::Do, action);
    }

    /**
     * @brief Run on.
     * @param seconds until then
     */
    void RunUntil(double seconds)
    {
        Simulator::Stop(Seconds(seconds) - Simulator::Now());
        Simulator::Run();
    }

    /**
     * @brief Send a packet from the second node to the first, as somebody would.
     * @param hex the UDP payload
     * @param port to which port
     * @param ttl with which TTL
     */
    void Inject(const std::string& hex, uint16_t port = 3784, uint8_t ttl = 255)
    {
        const std::vector<uint8_t> bytes = ToBytes(hex);
        Ptr<Socket> socket = Socket::CreateSocket(nodes.Get(1), UdpSocketFactory::GetTypeId());
        socket->SetIpTtl(ttl);
        socket->Bind();
        socket->SendTo(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                       0,
                       InetSocketAddress(interfaces[0].GetAddress(0), port));
        socket->Close();
    }

    /// The whole log in one line, and begin a new one.
    std::string TakeLog()
    {
        const std::string text = m_log.str();
        m_log.str("");
        return text;
    }

    NodeContainer nodes;                            //!< in a row
    std::vector<NetDeviceContainer> devices;        //!< of the links
    std::vector<Ipv4InterfaceContainer> interfaces; //!< of the links
    BfdHelper helper;                               //!< makes speakers
    Ptr<BfdSpeaker> a;                              //!< at the first node
    Ptr<BfdSpeaker> b;                              //!< at the last node

  private:
    /**
     * @brief Do something.
     * @param action what
     */
    static void Do(std::function<void()> action)
    {
        action();
    }

    /**
     * @brief Log a change of a line protocol.
     * @param whose network and name
     * @param event the change
     */
    static void LogLine(std::pair<BfdNetwork*, std::string> whose, const DetectionEvent& event)
    {
        whose.first->m_log << event.when.GetNanoSeconds() / 1000 / 1e3 << " " << whose.second << " "
                           << (event.up ? "up " : "down ") << ToString(event.cause) << ", node "
                           << event.nodeId << " if " << event.ifIndex << "; ";
    }

    /**
     * @brief Log a drop.
     * @param reason why
     */
    void LogDrop(Ptr<const Packet>, DropReason reason)
    {
        m_log << "drop " << ToString(reason) << "; ";
    }

    std::ostringstream m_log; //!< what happened; times in ms, cut off after the microseconds
};

/**
 * @ingroup keepalive-tests
 * @brief A case that compares logs.
 */
class BfdSpeakerTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param run what to do
     */
    BfdSpeakerTestCase(const std::string& name, void (*run)(BfdSpeakerTestCase&))
        : TestCase(name),
          m_run(run)
    {
    }

    /**
     * @brief Compare two texts or numbers.
     * @param found what there is
     * @param expected what there should be
     * @param what is being compared
     */
    template <typename T, typename U>
    void Same(const T& found, const U& expected, const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ(found, T(expected), what);
    }

  private:
    void DoRun() override
    {
        m_run(*this);
    }

    void (*m_run)(BfdSpeakerTestCase&); //!< what to do
};

/**
 * @ingroup keepalive-tests
 * @brief 1. Coming up.
 * @param test the case
 */
void
ComeUp(BfdSpeakerTestCase& test)
{
    BfdNetwork network;
    network.Connect();
    network.RunUntil(10);
    // a: Down at 500. b: Init at 505. a: Up at 510. b: Up at 515.
    test.Same(network.TakeLog(),
              "510 a up session-established, node 0 if 1; "
              "515 b up session-established, node 1 if 1; ",
              "three packets");
    for (const Ptr<BfdSpeaker>& speaker : {network.a, network.b})
    {
        const Ptr<BfdSession> session = speaker->GetSession(0);
        test.Same(session->GetTransmitInterval(), MilliSeconds(300), "interval");
        test.Same(session->GetDetectionTime(), MilliSeconds(900), "detection time");
        test.Same(session->GetTiming().IsPolling(), false, "the Poll Sequence is over");
        test.Same((session->GetRemoteState() == BfdState::UP), true, "the peer");
    }
    test.Same(network.a->GetNSessions(), 1, "sessions");
    test.Same(network.helper.Install(network.nodes.Get(0)) == network.a, true, "one per node");
}

/**
 * @ingroup keepalive-tests
 * @brief What the packets of a node say below BFD.
 */
struct Outside
{
    /**
     * @brief A packet leaves.
     * @param outside the record
     * @param packet from its IP header on
     */
    static void Note(Outside* outside, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
    {
        Ptr<Packet> copy = packet->Copy();
        Ipv4Header ip;
        UdpHeader udp;
        copy->RemoveHeader(ip);
        if (ip.GetProtocol() != UdpL4Protocol::PROT_NUMBER)
        {
            return; // ICMP, where nobody listens
        }
        copy->RemoveHeader(udp);
        BfdHeader bfd;
        copy->RemoveHeader(bfd);
        std::ostringstream text;
        text << ip.GetDestination() << " ttl " << +ip.GetTtl() << " tos " << +ip.GetTos() << " to "
             << udp.GetDestinationPort() << " size " << packet->GetSize();
        outside->kinds.insert(text.str());
        outside->ports.insert({bfd.GetMyDiscriminator(), udp.GetSourcePort()});
    }

    std::set<std::string> kinds;                   //!< of packets
    std::set<std::pair<uint32_t, uint16_t>> ports; //!< discriminator and source port
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Below BFD.
 * @param test the case
 */
void
BelowBfd(BfdSpeakerTestCase& test)
{
    BfdNetwork network;
    network.Connect();
    const Ipv4Address local = network.interfaces[0].GetAddress(0);
    // Somebody else has the port after that of the first session.
    Ptr<Socket> other = Socket::CreateSocket(network.nodes.Get(0), UdpSocketFactory::GetTypeId());
    other->Bind(InetSocketAddress(local, 49153));
    network.helper.SetSessionAttribute("MultiHop", BooleanValue(true));
    network.helper.AddSession(network.a, local, Ipv4Address("10.0.0.2"));
    network.helper.AddSession(network.a, Ipv4Address::GetAny(), Ipv4Address("10.0.0.2"));
    Outside outside;
    network.nodes.Get(0)->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&Outside::Note, &outside));
    network.RunUntil(5);
    std::string kinds;
    for (const std::string& kind : outside.kinds)
    {
        kinds += kind + "; ";
    }
    test.Same(kinds,
              "10.0.0.2 ttl 255 tos 192 to 3784 size 52; "
              "10.0.0.2 ttl 255 tos 192 to 4784 size 52; ",
              "kinds of packets");
    const std::set<std::pair<uint32_t, uint16_t>> ports{{1, 49152}, {2, 49154}, {3, 49155}};
    test.Same(outside.ports == ports, true, "ports");
    test.Same(network.a->GetSourcePort(1), 49154, "port");

    // Nobody listens at a source port.
    network.TakeLog();
    network.DoAt(5.1, [&] { network.Inject("20400318" + std::string(40, '1'), 49152); });
    network.RunUntil(6);
    test.Same(network.TakeLog(), "", "nobody listens there");
}

/**
 * @ingroup keepalive-tests
 * @brief 3. Hops.
 * @param test the case
 */
void
Hops(BfdSpeakerTestCase& test)
{
    {
        BfdNetwork network(3);
        network.Connect();
        network.RunUntil(1.6);
        test.Same(network.TakeLog(),
                  "drop bad-ttl; drop bad-ttl; drop bad-ttl; ",
                  "a router in between");
    }
    {
        BfdNetwork network(3);
        network.helper.SetSessionAttribute("MultiHop", BooleanValue(true));
        network.Connect();
        network.RunUntil(5);
        test.Same(network.TakeLog(),
                  "520 a up session-established, node 0 if 1; "
                  "530 b up session-established, node 2 if 1; ",
                  "MultiHop");
    }
    {
        BfdNetwork network;
        network.Connect();
        network.RunUntil(2);
        network.TakeLog();
        const std::string up = "20c00318 00000001 00000001 000493e0 000493e0 00000000";
        network.DoAt(2.01, [&] { network.Inject(up, 3784, 254); });
        network.DoAt(2.02, [&] { network.Inject(up, 3784, 255); });
        network.DoAt(2.03, [&] { network.Inject(up, 4784, 255); });
        network.RunUntil(2.5);
        test.Same(network.TakeLog(), "drop bad-ttl; ", "nobody listens at 4784");
        network.helper.SetSessionAttribute("MultiHop", BooleanValue(true));
        network.helper.AddSession(network.a, Ipv4Address::GetAny(), Ipv4Address("10.0.0.9"));
        network.DoAt(2.51, [&] { network.Inject(up, 4784, 255); });
        network.RunUntil(2.7);
        test.Same(network.TakeLog(), "drop bad-discriminator; ", "the other kind");
    }
}

/**
 * @ingroup keepalive-tests
 * @brief 4. Whose packet it is.
 * @param test the case
 */
void
Demultiplexing(BfdSpeakerTestCase& test)
{
    BfdNetwork network;
    const Ptr<Ipv4> ipv4 = network.nodes.Get(0)->GetObject<Ipv4>();
    ipv4->AddAddress(1, Ipv4InterfaceAddress("10.0.0.101", "255.255.255.0"));
    network.a = network.Install(0);
    // Numbers 1 to 3: the first for another peer, the others for the same, by our own address.
    network.helper.AddSession(network.a, Ipv4Address::GetAny(), Ipv4Address("10.0.0.77"));
    network.helper.AddSession(network.a, Ipv4Address("10.0.0.101"), Ipv4Address("10.0.0.2"));
    network.helper.AddSession(network.a, Ipv4Address("10.0.0.1"), Ipv4Address("10.0.0.2"));
    for (uint32_t i = 0; i < 3; i++)
    {
        network.Watch(std::to_string(i + 1), network.a->GetSession(i));
    }

    struct Row
    {
        std::string hex;      // of the packet
        std::string expected; // log
    };

    const std::string timers = " 000f4240 000f4240 00000000";
    const Row rows[] = {
        {"20400318 00000063", "drop truncated; "},
        {"00400318 00000063 00000000" + timers, "drop bad-version; "},
        {"20400317 00000063 00000000" + timers, "drop bad-length; "},
        {"20400018 00000063 00000000" + timers, "drop bad-option; "},
        {"20410318 00000063 00000000" + timers, "drop reserved-bits; "},
        {"20400318 00000000 00000000" + timers, "drop bad-discriminator; "},
        {"20400318 00000063 00000004" + timers, "drop bad-discriminator; "}, // there is no 4
        {"20c00318 00000063 00000000" + timers, "drop bad-state; "},
        {"20800318 00000063 00000000" + timers, "drop bad-state; "},
        {"2044031b 00000063 00000000" + timers + "010300", "drop authentication; "},
        {"20000318 00000063 00000000" + timers, ""}, // AdminDown changes nothing in Down
        {"20800318 00000062 00000002" + timers, " 2 up session-established, node 0 if 1; "},
        {"20400318 00000063 00000000" + timers, ""}, // by its addresses that of number 3
    };
    for (const Row& row : rows)
    {
        const double now = Simulator::Now().GetSeconds();
        const std::string hex = row.hex;
        network.DoAt(now, [&network, hex] { network.Inject(hex); });
        network.RunUntil(now + 0.01);
        const std::string log = network.TakeLog();
        const bool expected =
            row.expected.empty() ? log.empty() : log.find(row.expected) != std::string::npos;
        test.Same(expected, true, row.hex + ": " + log);
    }
    test.Same(network.a->GetSession(0)->GetRemoteDiscriminator(), 0, "nothing came");
    test.Same(network.a->GetSession(1)->GetRemoteDiscriminator(), 0x62, "by discriminator");
    test.Same(network.a->GetSession(2)->GetRemoteDiscriminator(), 0x63, "by addresses");
    test.Same((network.a->GetSession(2)->GetState() == BfdState::INIT), true, "Init");

    // A source that nobody expects.
    network.a->GetSession(1)->SetAttribute("RemoteAddress", Ipv4AddressValue("10.0.0.78"));
    network.a->GetSession(2)->SetAttribute("RemoteAddress", Ipv4AddressValue("10.0.0.79"));
    const double now = Simulator::Now().GetSeconds();
    network.TakeLog();
    network.DoAt(now, [&] { network.Inject("20400318 00000063 00000000" + timers); });
    network.RunUntil(now + 0.01);
    test.Same(network.TakeLog(), "drop bad-discriminator; ", "a stranger");
}

/**
 * @ingroup keepalive-tests
 * @brief Lose everything that arrives at a device, or nothing any more.
 * @param device the device
 * @param lose whether to lose it
 */
void
Lose(Ptr<NetDevice> device, bool lose)
{
    Ptr<RateErrorModel> errors = CreateObject<RateErrorModel>();
    errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    errors->SetRate(lose ? 1 : 0);
    device->SetAttribute("ReceiveErrorModel", PointerValue(errors));
}

// In the cases that follow, packets of a leave at 810 + k * 300 ms and those of b at 815 + k * 300,
// so that at 4 s the last one arrived at a at 3820, and at b at 3815.

/**
 * @ingroup keepalive-tests
 * @brief 5. Cuts.
 * @param test the case
 */
void
Cuts(BfdSpeakerTestCase& test)
{
    {
        BfdNetwork network;
        network.Connect();
        network.RunUntil(4);
        network.TakeLog();
        Lose(network.devices[0].Get(0), true);
        Lose(network.devices[0].Get(1), true);
        network.RunUntil(8);
        test.Same(network.TakeLog(),
                  "4715 b down detection-time-expired, node 1 if 1; "
                  "4720 a down detection-time-expired, node 0 if 1; ",
                  "both ways");
        Lose(network.devices[0].Get(0), false);
        Lose(network.devices[0].Get(1), false);
        network.RunUntil(9);
        // b, which has been Down since 4715, sends at 8715.
        test.Same(network.TakeLog(),
                  "8725 b up session-established, node 1 if 1; "
                  "8730 a up session-established, node 0 if 1; ",
                  "repaired");
    }
    {
        BfdNetwork network;
        network.Connect();
        network.RunUntil(4);
        network.TakeLog();
        Lose(network.devices[0].Get(1), true);
        network.RunUntil(20);
        test.Same(network.TakeLog(),
                  "4715 b down detection-time-expired, node 1 if 1; "
                  "4720 a down peer-signaled-down, node 0 if 1; ",
                  "towards b only");
        test.Same((network.a->GetSession(0)->GetRemoteDiagnostic() ==
                   BfdDiagnostic::CONTROL_DETECTION_TIME_EXPIRED),
                  true,
                  "why");
        test.Same((network.a->GetSession(0)->GetState() == BfdState::INIT), true, "a hears b");
        test.Same((network.b->GetSession(0)->GetState() == BfdState::DOWN), true, "b hears none");
    }
}

/**
 * @ingroup keepalive-tests
 * @brief 6. Crashes.
 * @param test the case
 */
void
Crash(BfdSpeakerTestCase& test)
{
    {
        BfdNetwork network;
        network.Connect();
        network.RunUntil(4);
        network.TakeLog();
        network.a->SetPowered(false);
        network.a->SetPowered(false);
        test.Same(network.a->GetSourcePort(0), 0, "no socket");
        network.RunUntil(8);
        test.Same(network.TakeLog(),
                  "4000 a down node-crashed, node 0 if 1; "
                  "4715 b down detection-time-expired, node 1 if 1; ",
                  "silence");
        network.a->SetPowered(true);
        network.a->SetPowered(true);
        network.RunUntil(9);
        test.Same(network.TakeLog(),
                  "8510 a up session-established, node 0 if 1; "
                  "8515 b up session-established, node 1 if 1; ",
                  "boot");
        test.Same(network.b->GetSession(0)->GetRemoteDiscriminator(), 2, "a new name");
        test.Same(network.a->GetSourcePort(0), 49153, "a new port");
    }
    {
        BfdNetwork network;
        network.Connect();
        network.RunUntil(4);
        network.TakeLog();
        network.a->SetPowered(false);
        network.RunUntil(4.1);
        network.a->SetPowered(true);
        network.RunUntil(5);
        test.Same(network.TakeLog(),
                  "4000 a down node-crashed, node 0 if 1; "
                  "drop bad-discriminator; drop bad-discriminator; "
                  "4605 b down peer-signaled-down, node 1 if 1; "
                  "4615 b up session-established, node 1 if 1; "
                  "4620 a up session-established, node 0 if 1; ",
                  "back before the detection time is over");
    }
    {
        BfdNetwork network;
        network.Connect();
        network.a->SetPowered(false);
        network.a->SetControlPlaneStalled(true); // of a dead node
        network.DoAt(1, [&network] { network.a->SetPowered(true); });
        network.RunUntil(3);
        test.Same(network.a->GetSession(0)->IsUp(), true, "dead at the start");
    }
}

/**
 * @ingroup keepalive-tests
 * @brief Count the packets with the C bit.
 * @param count the counter
 * @param header a packet
 */
void
CountIndependent(uint32_t* count, const BfdHeader& header)
{
    *count += header.HasFlag(BfdHeader::CONTROL_PLANE_INDEPENDENT);
}

/**
 * @ingroup keepalive-tests
 * @brief 7. Stalls.
 * @param test the case
 */
void
Stall(BfdSpeakerTestCase& test)
{
    struct Row
    {
        bool offloaded;       // BFD is in the line card
        double end;           // of the stall that begins at 4 s
        std::string expected; // log until 7 s
    };

    const Row rows[] = {
        {false, 4.5, ""},
        {false,
         6,
         "4715 b down detection-time-expired, node 1 if 1; "
         "6000 a down detection-time-expired, node 0 if 1; "
         "6005 b up session-established, node 1 if 1; "
         "6010 a up session-established, node 0 if 1; "},
        {true, 6, ""},
    };
    for (const Row& row : rows)
    {
        BfdNetwork network;
        network.helper.SetAttribute("Offloaded", BooleanValue(row.offloaded));
        network.Connect();
        uint32_t independent = 0;
        network.a->GetSession(0)->TraceConnectWithoutContext(
            "PacketTx",
            MakeBoundCallback(&CountIndependent, &independent));
        network.RunUntil(4);
        network.TakeLog();
        network.a->SetControlPlaneStalled(true);
        network.a->SetControlPlaneStalled(true);
        network.RunUntil(row.end);
        network.a->SetControlPlaneStalled(false);
        network.RunUntil(7);
        test.Same(network.TakeLog(), row.expected, "until " + std::to_string(row.end));
        test.Same(independent > 0, row.offloaded, "C bit");
    }

    // A crash ends a stall; and what is added in a stall waits with it.
    BfdNetwork network;
    network.Connect();
    network.RunUntil(1);
    network.a->SetControlPlaneStalled(true);
    network.SetConstant("StartPhase", 0);
    const Ptr<BfdSession> added =
        network.helper.AddSession(network.a, Ipv4Address::GetAny(), Ipv4Address("10.0.0.3"));
    network.RunUntil(2);
    test.Same(added->GetDiscriminator(), 2, "it has begun");
    test.Same(network.b->GetSession(0)->IsUp(), false, "the other one is silent");
    network.a->SetPowered(false);
    network.a->SetPowered(true);
    network.RunUntil(4);
    test.Same(network.a->GetSession(0)->IsUp(), true, "up again");
}

/**
 * @ingroup keepalive-tests
 * @brief 8. Starts and stops.
 * @param test the case
 */
void
StartStop(BfdSpeakerTestCase& test)
{
    BfdNetwork network;
    network.a = network.Install(0);
    network.b = network.Install(1);
    network.a->SetStopTime(Seconds(4));
    network.RunUntil(1);
    network.SetConstant("StartPhase", 0.25);
    const auto [first, second] = network.helper.Connect(network.a,
                                                        network.interfaces[0].GetAddress(0),
                                                        network.b,
                                                        network.interfaces[0].GetAddress(1));
    network.Watch("a", first);
    network.Watch("b", second);
    test.Same(network.a->AssignStreams(7), 2, "streams used");
    Outside outside;
    network.RunUntil(4.0001);
    network.nodes.Get(0)->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&Outside::Note, &outside));
    network.RunUntil(6);
    // Both at once: Down and Down, Init and Init.
    test.Same(network.TakeLog(),
              "1260 a up session-established, node 0 if 1; "
              "1260 b up session-established, node 1 if 1; "
              "4000 a down admin-shutdown, node 0 if 1; "
              "4865 b down detection-time-expired, node 1 if 1; ",
              "added at 1 s, stopped at 4 s");
    test.Same(outside.kinds.empty(), true, "silence");
}

/**
 * @ingroup keepalive-tests
 * @brief 9. No way to the peer.
 * @param test the case
 */
void
Unreachable(BfdSpeakerTestCase& test)
{
    BfdNetwork network;
    network.a = network.Install(0);
    network.SetConstant("StartPhase", 0);
    network.helper.AddSession(network.a, Ipv4Address::GetAny(), Ipv4Address("10.9.9.9"));
    network.RunUntil(2.5);
    test.Same(network.TakeLog(), "drop no-route; drop no-route; drop no-route; ", "each packet");
}

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BfdSpeakerTestSuite : public TestSuite
{
  public:
    BfdSpeakerTestSuite()
        : TestSuite("keepalive-bfd-speaker")
    {
        const std::pair<const char*, void (*)(BfdSpeakerTestCase&)> cases[] = {
            {"two speakers bring a session up", ComeUp},
            {"TTL, type of service and ports", BelowBfd},
            {"one hop, and more", Hops},
            {"packets reach the session that they belong to", Demultiplexing},
            {"cuts are noticed, and told", Cuts},
            {"crashes are silent", Crash},
            {"stalls end sessions, unless they are offloaded", Stall},
            {"sessions come and go while the application runs", StartStop},
            {"an unreachable peer is a drop", Unreachable},
        };
        for (const auto& [name, run] : cases)
        {
            AddTestCase(new BfdSpeakerTestCase(name, run));
        }
    }
};

BfdSpeakerTestSuite g_bfdSpeakerTestSuite; //!< registers the suite

} // namespace
