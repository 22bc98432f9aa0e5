/* SPDX-License-Identifier: GPL-2.0-only */

#include "hex-bytes.h"

#include "ns3/boolean.h"
#include "ns3/drop-reason.h"
#include "ns3/enum.h"
#include "ns3/global-value.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/nat-binding-loss.h"
#include "ns3/nat-box.h"
#include "ns3/nat-helper.h"
#include "ns3/network-order.h"
#include "ns3/node-container.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/test.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief NatBox: real packets through a router that is a NAT or firewall, with checksums.
 *
 * Behaviours:
 *  1. UDP goes out, is answered, and is refused from a stranger; a checksum of zero stays
 *  2. stock TCP sockets talk through it, and close; its states follow
 *  3. TCP keepalives keep a binding alive if they come in time; if not, the connection is lost
 *     silently at both ends, or with a reset at the inside
 *  4. ICMP queries by identifier, errors by the packet in them, in both directions, with the
 *     checksums inside corrected; other protocols by address
 *  5. fragments, short packets, unknown ICMP messages and those whose time to live runs out are
 *     dropped, and make no binding; wrong checksums stay wrong
 *  6. unknown packets from outside are dropped, reset or left to the router itself; reserved
 *     ports, pings and other protocols are always its own
 *  7. hairpinning, if on; from inside to inside and the router's own packets are left alone
 *  8. a firewall translates nothing
 *  9. bindings are told when they begin and end, to the ns; a flush, a crash and NatBindingLoss
 *     end them; a packet in the last instant is in time
 * 10. helpers still find the routing protocols of the router
 * 11. attributes change what they say
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr uint32_t A = 0x0A000002;   //!< inside: 10.0.0.2
constexpr uint32_t C = 0x0A000102;   //!< inside, on another network: 10.0.1.2
constexpr uint32_t N = 0xC6336401;   //!< the NAT: 198.51.100.1
constexpr uint32_t B = 0xC6336402;   //!< outside: 198.51.100.2
constexpr uint32_t FAR = 0xCB007105; //!< outside, too: 203.0.113.5

/// Bytes of a packet.
using Bytes = std::vector<uint8_t>;

/**
 * @brief Add up octets as checksums do.
 * @param bytes the octets
 * @param from where to begin
 * @param sum what to begin with
 * @return the sum, folded
 */
uint32_t
Sum(const Bytes& bytes, std::size_t from, uint32_t sum = 0)
{
    for (std::size_t i = from; i < bytes.size(); i++)
    {
        sum += (i - from) % 2 == 0 ? bytes[i] << 8 : bytes[i];
    }
    while (sum > 0xFFFF)
    {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return sum;
}

/**
 * @brief What a transport checksum adds up besides the octets of its packet.
 * @param packet the packet, from its IP header on
 * @return the sum; 0 for protocols that count no addresses
 */
uint32_t
PseudoSum(const Bytes& packet)
{
    if (packet[9] != 6 && packet[9] != 17)
    {
        return 0;
    }
    return Sum(Bytes(packet.begin() + 12, packet.begin() + 20), 0) + packet[9] +
           static_cast<uint32_t>(packet.size() - 20);
}

/**
 * @brief Make an IP packet, with all checksums.
 * @param protocol its protocol
 * @param source its source
 * @param destination its destination
 * @param payload what follows the IP header, checksum zero
 * @param ttl its time to live
 * @return the packet
 */
Bytes
MakeIp(uint8_t protocol, uint32_t source, uint32_t destination, Bytes payload, uint8_t ttl = 64)
{
    Bytes packet = ToBytes("4500 0000 0001 0000 0000 0000");
    AppendUint32(packet, source);
    AppendUint32(packet, destination);
    packet[8] = ttl;
    packet[9] = protocol;
    WriteUint16(&packet[2], static_cast<uint16_t>(20 + payload.size()));
    WriteUint16(&packet[10], static_cast<uint16_t>(~Sum(packet, 0)));
    packet.insert(packet.end(), payload.begin(), payload.end());
    const std::size_t at = protocol == 6 ? 36 : protocol == 17 ? 26 : protocol == 1 ? 22 : 0;
    if (at > 0 && packet.size() >= at + 2)
    {
        WriteUint16(&packet[at], static_cast<uint16_t>(~Sum(packet, 20, PseudoSum(packet))));
    }
    return packet;
}

/**
 * @brief Make a UDP packet.
 * @param source its source
 * @param destination its destination
 * @param ttl its time to live
 * @return the packet, with three octets
 */
Bytes
MakeUdp(const NatEndpoint& source, const NatEndpoint& destination, uint8_t ttl = 64)
{
    Bytes payload;
    AppendUint16(payload, source.port);
    AppendUint16(payload, destination.port);
    AppendUint16(payload, 11);
    AppendUint16(payload, 0);
    payload.insert(payload.end(), {1, 2, 3});
    return MakeIp(17, source.address, destination.address, payload, ttl);
}

/**
 * @brief Make a TCP segment.
 * @param source its source
 * @param destination its destination
 * @param flags its flags, as in the header
 * @return the packet, sequence number 100, acknowledgment 200, two octets
 */
Bytes
MakeTcp(const NatEndpoint& source, const NatEndpoint& destination, uint8_t flags)
{
    Bytes payload;
    AppendUint16(payload, source.port);
    AppendUint16(payload, destination.port);
    AppendUint32(payload, 100);
    AppendUint32(payload, 200);
    payload.insert(payload.end(), {0x50, flags, 1, 0, 0, 0, 0, 0, 7, 8});
    return MakeIp(6, source.address, destination.address, payload);
}

/**
 * @brief Make an ICMP message.
 * @param type its type
 * @param source its source
 * @param destination its destination
 * @param word identifier and sequence number
 * @param rest what follows
 * @return the packet
 */
Bytes
MakeIcmp(uint8_t type, uint32_t source, uint32_t destination, uint32_t word, const Bytes& rest = {})
{
    Bytes payload{type, 3, 0, 0};
    AppendUint32(payload, word);
    payload.insert(payload.end(), rest.begin(), rest.end());
    return MakeIp(1, source, destination, payload);
}

/**
 * @brief Whether all checksums of a packet are right, those of a packet in an ICMP error included.
 * @param packet the packet
 * @param whole whether it is all there
 * @return true if they are
 */
bool
IsSound(const Bytes& packet, bool whole = true)
{
    const bool ip = Sum(Bytes(packet.begin(), packet.begin() + 20), 0) == 0xFFFF;
    if (!whole && packet.size() < 20u + ReadUint16(&packet[2]) - 20u)
    {
        return ip;
    }
    const bool none = packet[9] == 17 && ReadUint16(&packet[26]) == 0;
    const bool has = packet[9] == 1 || packet[9] == 6 || packet[9] == 17;
    const bool transport = !has || none || Sum(packet, 20, PseudoSum(packet)) == 0xFFFF;
    const bool error = packet[9] == 1 && (packet[20] == 3 || packet[20] == 11);
    return ip && transport && (!error || IsSound(Bytes(packet.begin() + 28, packet.end()), false));
}

/**
 * @brief Read the ends of a packet with ports.
 * @param packet the packet
 * @param destination the destination rather than the source
 * @return the end
 */
NatEndpoint
EndOf(const Bytes& packet, bool destination)
{
    return {ReadUint32(&packet[destination ? 16 : 12]), ReadUint16(&packet[destination ? 22 : 20])};
}

/**
 * A test case with this network, 1 ms on each link; the router N is the box.
 *
 * @verbatim
   A 10.0.0.2 --- .1 (1)
                        N (3) 198.51.100.1 --- 198.51.100.2 B 203.0.113.5
   C 10.0.1.2 --- .1 (2)
   @endverbatim
 */
class NatBoxTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit NatBoxTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    static constexpr uint32_t OUTSIDE = 3; //!< interface of the box

    void DoSetup() override
    {
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    }

    void DoTeardown() override
    {
        m_box = nullptr;
        m_sockets.clear();
        m_nodes = NodeContainer();
        Simulator::Destroy();
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    }

    /**
     * @brief Build the network anew.
     * @param helper makes the box
     */
    void Build(const NatHelper& helper)
    {
        DoTeardown();
        DoSetup();
        m_nodes = NodeContainer(4); // A, C, B, N
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(m_nodes);
        stack.AssignStreams(m_nodes, 9500);
        TcpKeepaliveHelper("linux").Install(m_nodes);
        const char* networks[] = {"10.0.0.0", "10.0.1.0", "198.51.100.0"};
        PointToPointHelper link;
        link.SetChannelAttribute("Delay", TimeValue(MilliSeconds(1)));
        link.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
        Ipv4StaticRoutingHelper routing;
        Ptr<NetDevice> outside;
        for (uint32_t i = 0; i < 3; i++)
        {
            NetDeviceContainer devices = link.Install(m_nodes.Get(3), m_nodes.Get(i));
            Ipv4AddressHelper addresses(networks[i], "255.255.255.0");
            const auto interfaces = addresses.Assign(devices);
            routing.GetStaticRouting(GetIpv4(i))->SetDefaultRoute(interfaces.GetAddress(0), 1);
            outside = devices.Get(0);
        }
        GetIpv4(2)->AddAddress(1, Ipv4InterfaceAddress(Ipv4Address(FAR), "255.255.255.255"));
        routing.GetStaticRouting(GetIpv4(3))->SetDefaultRoute(Ipv4Address(B), OUTSIDE);
        m_box = helper.Install(outside);
        m_box->TraceConnectWithoutContext("Drop", MakeCallback(&NatBoxTestCase::Dropped, this));
        m_box->TraceConnectWithoutContext("BindingCreated",
                                          MakeCallback(&NatBoxTestCase::Created, this));
        m_box->TraceConnectWithoutContext("BindingExpired",
                                          MakeCallback(&NatBoxTestCase::Ended, this));
        m_box->TraceConnectWithoutContext("Translate",
                                          MakeCallback(&NatBoxTestCase::Translated, this));
        GetIpv4(3)->TraceConnectWithoutContext("Tx", MakeCallback(&NatBoxTestCase::Left, this));
        Run(Time(0)); // nodes are ready only then
        m_left.clear();
        m_drops.clear();
        m_created.clear();
        m_ended.clear();
        m_translations.clear();
    }

    /**
     * @brief Get a stack.
     * @param node 0 to 3 for A, C, B and N
     * @return the stack
     */
    Ptr<Ipv4L3Protocol> GetIpv4(uint32_t node) const
    {
        return m_nodes.Get(node)->GetObject<Ipv4L3Protocol>();
    }

    /**
     * @brief Run for a while.
     * @param time how long
     */
    static void Run(Time time)
    {
        Simulator::Stop(time);
        Simulator::Run();
    }

    /**
     * @brief Let a packet come to the box, and see what leaves it at once.
     * @param interface where it comes in
     * @param bytes the packet
     * @return the one packet that left; nothing if none did
     */
    Bytes Pass(uint32_t interface, const Bytes& bytes)
    {
        m_left.clear();
        Ptr<NetDevice> device = GetIpv4(3)->GetNetDevice(interface);
        GetIpv4(3)->Receive(device,
                            Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                            Ipv4L3Protocol::PROT_NUMBER,
                            device->GetAddress(),
                            device->GetAddress(),
                            NetDevice::PACKET_HOST);
        NS_TEST_EXPECT_MSG_EQ((m_left.size() <= 1), true, "one packet at the most");
        return m_left.empty() ? Bytes() : m_left[0];
    }

    /**
     * @brief Expect that a packet is dropped by the box.
     * @param interface where it comes in
     * @param bytes the packet
     * @param reason why
     * @param what what it is about
     */
    void ExpectDrop(uint32_t interface, const Bytes& bytes, DropReason reason, const char* what)
    {
        const std::size_t drops = m_drops.size();
        const std::size_t bindings = m_created.size();
        Pass(interface, bytes);
        NS_TEST_EXPECT_MSG_EQ(m_created.size(), bindings, "no binding: " << what);
        NS_TEST_ASSERT_MSG_EQ(m_drops.size(), drops + 1, what);
        NS_TEST_EXPECT_MSG_EQ(ToString(m_drops.back().second), ToString(reason), what);
        NS_TEST_EXPECT_MSG_EQ(ToHex(m_drops.back().first), ToHex(bytes), "the packet: " << what);
    }

    /**
     * @brief Make a socket of a host.
     * @param node the host
     * @param factory name of its factory
     * @param port its port
     * @return the socket
     */
    Ptr<Socket> MakeSocket(uint32_t node, const std::string& factory, uint16_t port)
    {
        Ptr<Socket> socket = Socket::CreateSocket(m_nodes.Get(node), TypeId::LookupByName(factory));
        socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
        m_sockets.push_back(socket);
        return socket;
    }

    NodeContainer m_nodes;                             //!< A, C, B and N
    Ptr<NatBox> m_box;                                 //!< the box
    std::vector<Ptr<Socket>> m_sockets;                //!< the sockets
    std::vector<Bytes> m_left;                         //!< what left the box
    std::vector<uint32_t> m_leftBy;                    //!< by which interface
    std::vector<std::pair<Bytes, DropReason>> m_drops; //!< what was dropped
    std::vector<NatBinding> m_created;                 //!< bindings made
    std::vector<std::pair<NatBinding, Time>> m_ended;  //!< bindings that ended, and when told
    std::vector<NatTranslation> m_translations;        //!< what passed

  private:
    /**
     * @brief Get the octets of a packet.
     * @param packet the packet
     * @return its octets
     */
    static Bytes OctetsOf(Ptr<const Packet> packet)
    {
        Bytes bytes(packet->GetSize());
        packet->CopyData(bytes.data(), packet->GetSize());
        return bytes;
    }

    /**
     * @brief A packet leaves the box: its checksums must be right.
     * @param packet the packet
     * @param interface by which interface
     */
    void Left(Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t interface)
    {
        m_left.push_back(OctetsOf(packet));
        m_leftBy.push_back(interface);
        NS_TEST_EXPECT_MSG_EQ((IsSound(m_left.back()) || m_unsound),
                              true,
                              "checksums of " << ToHex(m_left.back()));
    }

    /**
     * @brief A packet was dropped.
     * @param packet the packet
     * @param reason why
     */
    void Dropped(Ptr<const Packet> packet, DropReason reason)
    {
        m_drops.emplace_back(OctetsOf(packet), reason);
    }

    /**
     * @brief A binding was made.
     * @param binding the binding
     */
    void Created(const NatBinding& binding)
    {
        m_created.push_back(binding);
    }

    /**
     * @brief A binding ended.
     * @param binding the binding
     */
    void Ended(const NatBinding& binding)
    {
        m_ended.emplace_back(binding, Simulator::Now());
    }

    /**
     * @brief A packet passed.
     * @param translation what was done
     */
    void Translated(Ptr<const Packet>, const NatTranslation& translation)
    {
        m_translations.push_back(translation);
    }

  protected:
    bool m_unsound{false}; //!< wrong checksums are expected
};

/// Behaviour 1.
class UdpTestCase : public NatBoxTestCase
{
  public:
    UdpTestCase()
        : NatBoxTestCase("UDP out and back")
    {
    }

  private:
    void DoRun() override
    {
        Build(NatHelper("home-gateway"));
        Ptr<Socket> inside = MakeSocket(0, "ns3::UdpSocketFactory", 4500);
        Ptr<Socket> outside = MakeSocket(2, "ns3::UdpSocketFactory", 4500);
        inside->SendTo(Create<Packet>(100), 0, InetSocketAddress(Ipv4Address(FAR), 4500));
        Run(MilliSeconds(10));
        Address from;
        Ptr<Packet> got = outside->RecvFrom(from);
        NS_TEST_ASSERT_MSG_EQ(bool(got), true, "arrives");
        NS_TEST_EXPECT_MSG_EQ(InetSocketAddress::ConvertFrom(from).GetIpv4(),
                              Ipv4Address(N),
                              "from the NAT");
        NS_TEST_EXPECT_MSG_EQ(InetSocketAddress::ConvertFrom(from).GetPort(), 4500, "port kept");
        NS_TEST_EXPECT_MSG_EQ(got->GetSize(), 100, "all of it");
        // The answer of another address of the same host is that of a stranger.
        outside->SendTo(Create<Packet>(50), 0, from);
        Run(MilliSeconds(10));
        NS_TEST_EXPECT_MSG_EQ(bool(inside->RecvFrom(from)), false, "from .2 and not from .5");
        NS_TEST_ASSERT_MSG_EQ(m_drops.size(), 1, "dropped");
        NS_TEST_EXPECT_MSG_EQ(ToString(m_drops[0].second), std::string("filtered"), "why");
        const Bytes back = Pass(OUTSIDE, MakeUdp({FAR, 4500}, {N, 4500}));
        NS_TEST_ASSERT_MSG_EQ(back.size(), 31, "passes");
        NS_TEST_EXPECT_MSG_EQ((EndOf(back, true) == NatEndpoint{A, 4500}), true, "to A");
        NS_TEST_EXPECT_MSG_EQ((EndOf(back, false) == NatEndpoint{FAR, 4500}), true, "from B");
        NS_TEST_EXPECT_MSG_EQ(int(back[8]), 63, "a router counts");
        Run(MilliSeconds(10));
        NS_TEST_EXPECT_MSG_EQ(bool(inside->RecvFrom(from)), true, "received, checksum and all");

        NS_TEST_ASSERT_MSG_EQ(m_translations.size(), 2, "traced");
        const NatTranslation& out = m_translations[0];
        NS_TEST_EXPECT_MSG_EQ((out.source == NatEndpoint{A, 4500} &&
                               out.newSource == NatEndpoint{N, 4500} &&
                               out.destination == out.newDestination &&
                               out.direction == NatTranslation::Direction::OUTBOUND),
                              true,
                              "out");
        NS_TEST_EXPECT_MSG_EQ((m_translations[1].newDestination == NatEndpoint{A, 4500} &&
                               m_translations[1].direction == NatTranslation::Direction::INBOUND),
                              true,
                              "in");

        // Another port than inside; no checksum.
        Bytes other = MakeUdp({C, 4500}, {FAR, 4500});
        const Bytes renamed = Pass(2, other);
        NS_TEST_ASSERT_MSG_EQ(renamed.size(), 31, "passes");
        NS_TEST_EXPECT_MSG_EQ((EndOf(renamed, false).port != 4500), true, "taken");
        WriteUint16(&other[26], 0);
        const Bytes none = Pass(2, other);
        NS_TEST_EXPECT_MSG_EQ(ReadUint16(&none[26]), 0, "no checksum stays none");
        m_unsound = true;
        WriteUint16(&other[26], 0x1234);
        NS_TEST_EXPECT_MSG_EQ(IsSound(Pass(2, other)), false, "a wrong one stays wrong");
        m_unsound = false;
    }
};

/// Behaviours 2 and 3.
class TcpTestCase : public NatBoxTestCase
{
  public:
    TcpTestCase()
        : NatBoxTestCase("TCP sockets through the box")
    {
    }

  private:
    /**
     * @brief Connect A with B.
     * @param factory name of the socket factory of A
     */
    void Connect(const std::string& factory)
    {
        m_accepted = nullptr;
        m_failed = false;
        Ptr<Socket> listener = MakeSocket(2, factory, 80);
        listener->Listen();
        listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                    MakeCallback(&TcpTestCase::Accepted, this));
        m_client = MakeSocket(0, factory, 40000);
        m_client->SetCloseCallbacks(MakeCallback(&TcpTestCase::Closed, this),
                                    MakeCallback(&TcpTestCase::Failed, this));
        m_client->Connect(InetSocketAddress(Ipv4Address(FAR), 80));
        Run(MilliSeconds(100));
        NS_TEST_ASSERT_MSG_EQ(bool(m_accepted), true, "connected");
    }

    /**
     * @brief Ask the box.
     * @return the state of the connection, as conntrack prints it
     */
    std::string GetState() const
    {
        NatPacket packet;
        packet.protocol = NatPacket::TCP;
        packet.source = {A, 40000};
        packet.destination = {FAR, 80};
        return NatTcpState::ToString(m_box->GetTcpState(packet));
    }

    /**
     * @brief A connection was accepted.
     * @param socket its socket
     * @param from the other end
     */
    void Accepted(Ptr<Socket> socket, const Address& from)
    {
        m_accepted = socket;
        m_from = from;
    }

    /// The connection of A was closed.
    void Closed(Ptr<Socket>)
    {
    }

    /// The connection of A was lost.
    void Failed(Ptr<Socket>)
    {
        m_failed = true;
    }

    void DoTeardown() override
    {
        m_client = nullptr;
        m_accepted = nullptr;
        NatBoxTestCase::DoTeardown();
    }

    void DoRun() override
    {
        const std::string ours = "ns3::keepalive::TcpKeepaliveSocketFactory";
        for (const std::string& factory : {std::string("ns3::TcpSocketFactory"), ours})
        {
            Build(NatHelper("linux-conntrack"));
            Connect(factory);
            NS_TEST_EXPECT_MSG_EQ(InetSocketAddress::ConvertFrom(m_from).GetIpv4(),
                                  Ipv4Address(N),
                                  "from the NAT");
            NS_TEST_EXPECT_MSG_EQ(GetState(), "ESTABLISHED", factory);
            m_client->Send(Create<Packet>(20000));
            m_accepted->Send(Create<Packet>(30000));
            Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(m_accepted->GetRxAvailable(), 20000, factory);
            NS_TEST_EXPECT_MSG_EQ(m_client->GetRxAvailable(), 30000, factory);
            m_client->Recv(); // or Close would be a reset
            m_accepted->Recv();
            m_client->Close();
            Run(Seconds(1));
            m_accepted->Close();
            Run(Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(GetState(), "TIME_WAIT", factory);
            NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 0, factory);
            Run(Seconds(130));
            NS_TEST_EXPECT_MSG_EQ(m_box->GetNBindings(), 0, factory);
        }

        struct Row
        {
            double idle;               //!< silence before the first probe, in seconds
            NatSettings::Unknown rule; //!< what becomes of unknown segments
            bool lives;                //!< whether the connection lives on
            double lost;               //!< by when A knows that it is lost
        };

        for (const Row& row : std::vector<Row>{
                 {60, NatSettings::SILENT_DROP, true, 0},
                 // An RTT more between two probes: the first one is in time, the second is not.
                 {99, NatSettings::SILENT_DROP, true, 0},
                 {100, NatSettings::SILENT_DROP, false, 100 + 100 + 9 * 75 + 1},
                 {101, NatSettings::SILENT_DROP, false, 101 + 9 * 75 + 1},
                 {101, NatSettings::RST, false, 102},
             })
        {
            NatHelper helper("rfc");
            helper.SetAttribute("TcpEstablishedTimeout", TimeValue(Seconds(100)));
            helper.SetAttribute("Unknown", EnumValue(row.rule));
            Build(helper);
            TcpKeepaliveHelper tcp("linux");
            tcp.SetAttribute("KeepaliveEnabled", BooleanValue(true));
            tcp.SetAttribute("KeepaliveIdle", TimeValue(Seconds(row.idle)));
            tcp.Install(m_nodes.Get(0));
            Connect(ours);
            Run(Seconds(row.lives ? 5000 : row.lost));
            NS_TEST_EXPECT_MSG_EQ(m_failed, !row.lives, row.idle);
            NS_TEST_EXPECT_MSG_EQ(m_drops.size(), row.lives ? 0 : m_drops.size(), "no drops");
            NS_TEST_EXPECT_MSG_EQ(m_box->GetNBindings(), (row.lives ? 1 : 0), row.idle);
        }
    }

    Ptr<Socket> m_client;   //!< of A
    Ptr<Socket> m_accepted; //!< of B
    Address m_from;         //!< whom B sees
    bool m_failed{false};   //!< A has lost its connection
};

/// Behaviour 4.
class IcmpTestCase : public NatBoxTestCase
{
  public:
    IcmpTestCase()
        : NatBoxTestCase("ICMP and other protocols")
    {
    }

  private:
    void DoRun() override
    {
        Build(NatHelper("rfc"));
        // The same identifier twice.
        const Bytes one = Pass(1, MakeIcmp(8, A, FAR, 0x00070001));
        const Bytes two = Pass(2, MakeIcmp(8, C, FAR, 0x00070001));
        NS_TEST_ASSERT_MSG_EQ(two.size(), 28, "passes");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&two[12]), N, "source");
        NS_TEST_EXPECT_MSG_EQ(ReadUint16(&one[24]), 7, "identifier kept");
        const uint16_t name = ReadUint16(&two[24]);
        NS_TEST_EXPECT_MSG_EQ((name != 7), true, "identifier changed");
        const Bytes reply = Pass(OUTSIDE, MakeIcmp(0, FAR, N, uint32_t{name} << 16 | 1));
        NS_TEST_ASSERT_MSG_EQ(reply.size(), 28, "passes");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&reply[16]), C, "to C");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&reply[24]), 0x00070001, "its own identifier");

        // Errors from outside, about UDP, TCP and a query, whole and cut to eight octets.
        for (const bool cut : {false, true})
        {
            for (const uint8_t protocol : {17, 6, 1})
            {
                const NatEndpoint host{C, 1234};
                const Bytes original = protocol == 17  ? MakeUdp(host, {FAR, 53})
                                       : protocol == 6 ? MakeTcp(host, {FAR, 53}, 2)
                                                       : MakeIcmp(8, C, FAR, 0x04D20009);
                // A has the name that C would like to have.
                Pass(1,
                     protocol == 17  ? MakeUdp({A, 1234}, {FAR, 53})
                     : protocol == 6 ? MakeTcp({A, 1234}, {FAR, 53}, 2)
                                     : MakeIcmp(8, A, FAR, 0x04D20009));
                Bytes quoted = Pass(2, original);
                NS_TEST_ASSERT_MSG_EQ(quoted.size(), original.size(), "passes");
                Bytes expected = original;
                expected[8] = quoted[8]; // one hop on, and so is its checksum
                WriteUint16(&expected[10], 0);
                WriteUint16(
                    &expected[10],
                    static_cast<uint16_t>(~Sum(Bytes(expected.begin(), expected.begin() + 20), 0)));
                if (cut)
                {
                    quoted.resize(28);
                    expected.resize(28);
                }
                const Bytes error = Pass(OUTSIDE, MakeIcmp(3, FAR, N, 0, quoted));
                NS_TEST_ASSERT_MSG_EQ(error.size(), 28 + quoted.size(), "passes");
                NS_TEST_EXPECT_MSG_EQ(ReadUint32(&error[16]), C, "to C");
                NS_TEST_EXPECT_MSG_EQ(ToHex(Bytes(error.begin() + 28, error.end())),
                                      ToHex(expected),
                                      "what C sent, checksums and all");
            }
        }

        // From inside: C has nothing at that port.
        Pass(2, MakeUdp({C, 5000}, {FAR, 53}));
        Pass(1, MakeUdp({A, 5000}, {FAR, 53}));
        const uint16_t port = m_created.back().external.port;
        const Bytes query = MakeUdp({FAR, 53}, {N, port});
        const Bytes inside = Pass(OUTSIDE, query);
        const Bytes error = Pass(1, MakeIcmp(3, A, FAR, 0, inside));
        NS_TEST_ASSERT_MSG_EQ(error.size(), 28 + query.size(), "passes");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&error[12]), N, "from the NAT");
        NS_TEST_EXPECT_MSG_EQ(
            (EndOf(Bytes(error.begin() + 28, error.end()), true) == NatEndpoint{N, port}),
            true,
            "about what was sent to the NAT");
        ExpectDrop(1,
                   MakeIcmp(3, A, FAR, 0, MakeUdp({FAR, 54}, {A, 9})),
                   DropReason::NO_BINDING,
                   "about nothing");
        // About nothing, from outside: the router's own affair, which makes nothing of it.
        Pass(OUTSIDE, MakeIcmp(3, FAR, N, 0, MakeUdp({N, 9}, {FAR, 54})));

        // A real one, of ns-3: A's socket talks to a port where nobody listens.
        Run(MilliSeconds(100)); // the hosts answer what has come so far
        Ptr<Socket> socket = MakeSocket(0, "ns3::UdpSocketFactory", 7000);
        socket->SendTo(Create<Packet>(10), 0, InetSocketAddress(Ipv4Address(FAR), 7001));
        m_left.clear();
        Run(MilliSeconds(10));
        NS_TEST_ASSERT_MSG_EQ(m_left.size(), 2, "there and back");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&m_left[1][16]), A, "to A");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&m_left[1][40]), A, "about A's");

        // Other protocols, by address.
        const Bytes gre = Pass(1, MakeIp(47, A, FAR, {0, 0, 8, 0, 1}));
        NS_TEST_ASSERT_MSG_EQ(gre.size(), 25, "passes");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&gre[12]), N, "translated");
        ExpectDrop(2, MakeIp(47, C, FAR, {0, 0}), DropReason::NO_PORT, "no second one");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&Pass(OUTSIDE, MakeIp(47, FAR, N, {0, 0}))[16]), A, "in");
    }
};

/// Behaviour 5.
class RefusedTestCase : public NatBoxTestCase
{
  public:
    RefusedTestCase()
        : NatBoxTestCase("What cannot be translated")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool firewall : {false, true})
        {
            NatHelper helper("linux-conntrack");
            helper.SetAttribute("Firewall", BooleanValue(firewall));
            Build(helper);
            const NatEndpoint host{A, 1000};
            const NatEndpoint name{firewall ? A : N, 1000};
            const NatEndpoint remote{FAR, 53};
            const auto fragment = [](Bytes packet, uint16_t field) {
                WriteUint16(&packet[6], field);
                WriteUint16(&packet[10], 0);
                const Bytes header(packet.begin(), packet.begin() + 20);
                WriteUint16(&packet[10], static_cast<uint16_t>(~Sum(header, 0)));
                return packet;
            };
            ExpectDrop(1, fragment(MakeUdp(host, remote), 0x2000), DropReason::FRAGMENT, "first");
            ExpectDrop(1, fragment(MakeUdp(host, remote), 0x0010), DropReason::FRAGMENT, "last");
            ExpectDrop(1, MakeIp(17, A, FAR, {0, 1, 0, 2}), DropReason::TRUNCATED, "short UDP");
            ExpectDrop(1, MakeIp(6, A, FAR, Bytes(19, 0x50)), DropReason::TRUNCATED, "short TCP");
            Bytes offset = MakeTcp(host, remote, 2);
            for (const uint8_t wrong : {0x40, 0x60})
            {
                offset[32] = wrong; // fewer octets than a header, or more than there are
                ExpectDrop(1, offset, DropReason::TRUNCATED, "data offset");
            }
            ExpectDrop(1, MakeIp(1, A, FAR, {8, 0, 0}), DropReason::TRUNCATED, "short ICMP");
            ExpectDrop(1,
                       MakeIcmp(5, A, FAR, 0, MakeUdp(remote, host)),
                       DropReason::UNKNOWN_MESSAGE,
                       "redirect");
            Bytes inner = MakeUdp(remote, host);
            ExpectDrop(1,
                       MakeIcmp(3, A, FAR, 0, Bytes(inner.begin(), inner.begin() + 27)),
                       DropReason::TRUNCATED,
                       "seven octets of UDP");
            ExpectDrop(1,
                       MakeIcmp(3, A, FAR, 0, fragment(inner, 0x0001)),
                       DropReason::FRAGMENT,
                       "about a later fragment");
            inner[0] = 0x65;
            ExpectDrop(1, MakeIcmp(3, A, FAR, 0, inner), DropReason::BAD_INNER_HEADER, "version 6");
            ExpectDrop(1,
                       MakeIcmp(3, A, FAR, 0, MakeIcmp(11, FAR, A, 0, MakeUdp(host, remote))),
                       DropReason::BAD_INNER_HEADER,
                       "an error about an error");
            ExpectDrop(OUTSIDE, MakeUdp(remote, name), DropReason::NO_BINDING, "unasked");
            ExpectDrop(1, MakeTcp(host, remote, 0x12), DropReason::NO_BINDING, "SYN, ACK");

            for (const uint32_t source : {0xE0000F00, 0xFFFFFFFF, 0u})
            {
                ExpectDrop(1,
                           MakeUdp({source, 1000}, remote, 1),
                           DropReason::BAD_ADDRESS,
                           "a source that nobody has");
                NS_TEST_EXPECT_MSG_EQ(m_left.size(), 0, "and nobody is told");
            }

            // Its time to live ends here: the sender is told, nothing is made.
            ExpectDrop(1, MakeUdp(host, remote, 1), DropReason::TTL_EXPIRED, "TTL, out");
            NS_TEST_ASSERT_MSG_EQ(m_left.size(), 1, "told");
            NS_TEST_EXPECT_MSG_EQ(int(m_left[0][20]), 11, "time exceeded");
            NS_TEST_EXPECT_MSG_EQ(ReadUint32(&m_left[0][16]), A, "to A");
            NS_TEST_EXPECT_MSG_EQ(ReadUint32(&m_left[0][40]), A, "about A's");
            Pass(1, MakeUdp(host, remote, 2));
            ExpectDrop(OUTSIDE, MakeUdp(remote, name, 1), DropReason::TTL_EXPIRED, "TTL, in");
            NS_TEST_ASSERT_MSG_EQ(m_left.size(), 1, "told");
            NS_TEST_EXPECT_MSG_EQ(ReadUint32(&m_left[0][44]), name.address, "about what it sent");
            // With Linux each flow stands for itself: there is no filter in front of a binding.
            ExpectDrop(OUTSIDE, MakeUdp({B, 53}, name), DropReason::NO_BINDING, "stranger");
            Pass(1, MakeTcp(host, remote, 2));
            ExpectDrop(1, MakeTcp(host, remote, 0x12), DropReason::BAD_STATE, "SYN, then SYN, ACK");
            m_box->SetPowered(false);
            ExpectDrop(1, MakeUdp(host, remote), DropReason::ADMIN_DOWN, "no power");
        }
    }
};

/// Behaviours 6, 7, 8 and 10.
class LocalTestCase : public NatBoxTestCase
{
  public:
    LocalTestCase()
        : NatBoxTestCase("Unknown packets, and the router's own")
    {
    }

  private:
    void DoRun() override
    {
        const NatEndpoint remote{FAR, 53};
        const NatEndpoint name{N, 9999};
        // Unknown: silently, with a reset, or the router's own stack answers.
        Build(NatHelper("rfc"));
        ExpectDrop(OUTSIDE, MakeTcp(remote, name, 2), DropReason::NO_BINDING, "silent");
        NS_TEST_EXPECT_MSG_EQ(m_left.size(), 0, "silent");
        ExpectDrop(OUTSIDE, MakeUdp(remote, {A, 1}), DropReason::NO_BINDING, "a guess");
        NS_TEST_EXPECT_MSG_EQ(int(Pass(OUTSIDE, MakeIcmp(8, FAR, N, 1))[20]), 0, "answers a ping");
        m_box->ReservePort(NatPacket::UDP, 9999);
        NS_TEST_EXPECT_MSG_EQ(int(Pass(OUTSIDE, MakeUdp(remote, name))[9]), 1, "its own port");
        NS_TEST_EXPECT_MSG_EQ(int(Pass(1, MakeIcmp(8, A, N, 1))[20]), 0, "a ping from inside");

        NatHelper resetting("rfc");
        resetting.SetAttribute("Unknown", EnumValue(NatSettings::RST));
        Build(resetting);
        ExpectDrop(OUTSIDE, MakeTcp(remote, name, 2), DropReason::NO_BINDING, "SYN");
        NS_TEST_ASSERT_MSG_EQ(m_left.size(), 1, "reset");
        Bytes reset = m_left[0];
        NS_TEST_EXPECT_MSG_EQ((EndOf(reset, true) == remote && EndOf(reset, false) == name),
                              true,
                              "ends");
        NS_TEST_EXPECT_MSG_EQ(int(reset[33]), 0x14, "RST, ACK");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&reset[28]), 103, "SYN and two octets acknowledged");
        ExpectDrop(1, MakeTcp({A, 1}, remote, 0x10), DropReason::NO_BINDING, "ACK from inside");
        NS_TEST_ASSERT_MSG_EQ(m_left.size(), 1, "reset");
        reset = m_left[0];
        NS_TEST_EXPECT_MSG_EQ(
            (EndOf(reset, true) == NatEndpoint{A, 1} && EndOf(reset, false) == remote),
            true,
            "in the name of the other end");
        NS_TEST_EXPECT_MSG_EQ(int(reset[33]), 0x04, "RST");
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&reset[24]), 200, "where A expects it");
        ExpectDrop(1, MakeTcp({A, 1}, remote, 0x04), DropReason::NO_BINDING, "RST");
        NS_TEST_EXPECT_MSG_EQ(m_left.size(), 0, "is not answered");
        ExpectDrop(OUTSIDE, MakeUdp(remote, name), DropReason::NO_BINDING, "UDP");
        NS_TEST_EXPECT_MSG_EQ(m_left.size(), 0, "is not answered");

        NatHelper own("linux-conntrack");
        own.SetAttribute("Unknown", EnumValue(NatSettings::LOCAL));
        Build(own);
        NS_TEST_EXPECT_MSG_EQ(int(Pass(OUTSIDE, MakeTcp(remote, name, 2))[33] & 0x04), 4, "RST");
        NS_TEST_EXPECT_MSG_EQ(int(Pass(OUTSIDE, MakeUdp(remote, name))[20]), 3, "unreachable");
        NS_TEST_EXPECT_MSG_EQ(m_drops.size(), 0, "no drops");

        // From inside to inside, and of the router itself.
        const Bytes across = Pass(1, MakeUdp({A, 1}, {C, 2}));
        NS_TEST_EXPECT_MSG_EQ((EndOf(across, false) == NatEndpoint{A, 1}), true, "untouched");
        Ptr<Socket> socket = MakeSocket(3, "ns3::UdpSocketFactory", 1);
        m_left.clear();
        socket->SendTo(Create<Packet>(1), 0, InetSocketAddress(Ipv4Address(FAR), 9));
        NS_TEST_ASSERT_MSG_EQ(m_left.size(), 1, "leaves");
        NS_TEST_EXPECT_MSG_EQ(m_translations.size() + m_created.size(), 0, "nothing translated");
        Ipv4StaticRoutingHelper routing;
        NS_TEST_EXPECT_MSG_EQ(bool(routing.GetStaticRouting(GetIpv4(3))), true, "found");

        // Hairpinning.
        for (const bool on : {false, true})
        {
            NatHelper helper("rfc");
            helper.SetAttribute("Hairpinning", EnumValue(on ? NatSettings::ON : NatSettings::OFF));
            Build(helper);
            Pass(2, MakeUdp({C, 2000}, remote));
            const Bytes pinned = Pass(1, MakeUdp({A, 1000}, {N, 2000}));
            if (!on)
            {
                NS_TEST_EXPECT_MSG_EQ(int(pinned[20]), 3, "nobody there: unreachable");
                continue;
            }
            NS_TEST_ASSERT_MSG_EQ(pinned.size(), 31, "passes");
            NS_TEST_EXPECT_MSG_EQ((EndOf(pinned, false) == NatEndpoint{N, 1000} &&
                                   EndOf(pinned, true) == NatEndpoint{C, 2000}),
                                  true,
                                  "both ends changed");
            const Bytes back = Pass(2, MakeUdp({C, 2000}, {N, 1000}));
            NS_TEST_EXPECT_MSG_EQ((EndOf(back, false) == NatEndpoint{N, 2000} &&
                                   EndOf(back, true) == NatEndpoint{A, 1000}),
                                  true,
                                  "and back");
            NS_TEST_EXPECT_MSG_EQ(int(Pass(1, MakeIcmp(8, A, N, 1))[20]), 0, "still answers pings");
        }

        // Who is told of the binding that hairpinning makes switches the router off.
        Build(NatHelper("rfc"));
        Pass(2, MakeUdp({C, 2000}, remote));
        m_box->TraceConnectWithoutContext("BindingCreated",
                                          MakeCallback(&LocalTestCase::SwitchOff, this));
        Pass(1, MakeUdp({A, 1000}, {N, 2000}));
        NS_TEST_EXPECT_MSG_EQ(m_box->GetNBindings(), 0, "all forgotten");

        // A firewall.
        NatHelper firewall("rfc");
        firewall.SetAttribute("Firewall", BooleanValue(true));
        Build(firewall);
        Ipv4StaticRoutingHelper()
            .GetStaticRouting(GetIpv4(2))
            ->AddNetworkRouteTo("10.0.0.0", "255.0.0.0", Ipv4Address(N), 1);
        const Bytes out = Pass(1, MakeUdp({A, 1000}, remote));
        NS_TEST_EXPECT_MSG_EQ((EndOf(out, false) == NatEndpoint{A, 1000}), true, "as it was");
        const Bytes in = Pass(OUTSIDE, MakeUdp(remote, {A, 1000}));
        NS_TEST_EXPECT_MSG_EQ((EndOf(in, true) == NatEndpoint{A, 1000}), true, "as it was");
        ExpectDrop(OUTSIDE, MakeUdp(remote, {A, 1001}), DropReason::NO_BINDING, "other port");
        NS_TEST_EXPECT_MSG_EQ(int(Pass(OUTSIDE, MakeIcmp(8, FAR, N, 1))[20]), 0, "ping");
        const Bytes error = Pass(OUTSIDE, MakeIcmp(3, B, A, 0, out));
        NS_TEST_EXPECT_MSG_EQ(ReadUint32(&error[16]), A, "an error about it");
        ExpectDrop(OUTSIDE,
                   MakeIcmp(3, B, C, 0, out),
                   DropReason::NO_BINDING,
                   "an error about another host's");
    }

    /// A binding was made.
    void SwitchOff(const NatBinding&)
    {
        m_box->SetPowered(false);
    }
};

/// Behaviours 9 and 11.
class BindingTestCase : public NatBoxTestCase
{
  public:
    BindingTestCase()
        : NatBoxTestCase("Bindings in time")
    {
    }

  private:
    /// A sends.
    void Send()
    {
        Pass(1, MakeUdp({A, 1000}, {FAR, 53}));
    }

    void DoRun() override
    {
        NatHelper helper("home-gateway");
        helper.SetAttribute("UdpTimeout", TimeValue(Seconds(10)));
        helper.SetAttribute("UdpStreamTimeout", TimeValue(Seconds(10)));
        Build(helper);
        // In the last instant, and again; then never.
        for (const double when : {1.0, 11.0, 15.0, 25.0})
        {
            Simulator::Schedule(Seconds(when), &BindingTestCase::Send, this);
        }
        Simulator::Schedule(Seconds(20), &BindingTestCase::SendOther, this);
        Run(Seconds(28));
        NatPacket packet;
        packet.source = {A, 1000};
        packet.destination = {FAR, 53};
        NS_TEST_EXPECT_MSG_EQ(m_box->GetDeadline(packet).value_or(Time(0)),
                              Seconds(35),
                              "deadline");
        NS_TEST_EXPECT_MSG_EQ(m_box->GetBindings().size(), 2, "two");
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_created.size(), 2, "no third one");
        NS_TEST_ASSERT_MSG_EQ(m_ended.size(), 2, "both ended");
        NS_TEST_EXPECT_MSG_EQ(m_created[0].created, Seconds(1).GetNanoSeconds(), "begin");
        NS_TEST_EXPECT_MSG_EQ(m_ended[0].first.ended, Seconds(30).GetNanoSeconds(), "C's");
        NS_TEST_EXPECT_MSG_EQ(m_ended[1].first.ended, Seconds(35).GetNanoSeconds(), "A's");
        NS_TEST_EXPECT_MSG_EQ(m_ended[0].second, Seconds(30) + NanoSeconds(1), "told");
        NS_TEST_EXPECT_MSG_EQ(m_ended[1].second, Seconds(35) + NanoSeconds(1), "told");
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Seconds(35) + NanoSeconds(1), "no event is left");

        // A flush, a failure that flushes, and a crash.
        Ptr<NatBindingLoss> loss = CreateObject<NatBindingLoss>();
        loss->SetBox(m_box);
        NS_TEST_EXPECT_MSG_EQ(loss->GetKind(), "binding-loss", "kind");
        for (int i = 0; i < 3; i++)
        {
            Send();
            NS_TEST_EXPECT_MSG_EQ(m_box->GetNBindings(), 1, "there");
            Run(Seconds(1));
            if (i == 0)
            {
                m_box->Flush();
            }
            else if (i == 1)
            {
                loss->Fail();
                loss->Repair();
            }
            else
            {
                m_box->SetControlPlaneStalled(true);
                NS_TEST_EXPECT_MSG_EQ(m_box->GetNBindings(), 1, "a stall does not matter");
                m_box->SetPowered(false);
                m_box->SetAttribute("Firewall", BooleanValue(true));
                m_box->SetPowered(true);
            }
            NS_TEST_EXPECT_MSG_EQ(m_box->GetNBindings(), 0, "gone");
            NS_TEST_EXPECT_MSG_EQ(m_ended.back().second, Simulator::Now(), "told");
            NS_TEST_EXPECT_MSG_EQ(ToString(m_ended.back().first.end),
                                  std::string("flushed"),
                                  "why");
        }
        Send();
        NS_TEST_EXPECT_MSG_EQ((EndOf(m_left[0], false) == NatEndpoint{A, 1000}),
                              true,
                              "a reboot takes the new attributes");
        loss->Dispose();

        // Attributes.
        Ptr<NatSettings> settings = CreateObject<NatSettings>();
        NS_TEST_EXPECT_MSG_EQ(settings->GetProfile().name, "rfc", "default");
        NS_TEST_EXPECT_MSG_EQ(settings->SetAttributeFailSafe("Profile", StringValue("none")),
                              false,
                              "no such profile");
        settings->SetAttribute("Profile", StringValue("linux-conntrack"));
        NS_TEST_EXPECT_MSG_EQ(settings->GetProfile().tcp.synSent,
                              Seconds(120).GetNanoSeconds(),
                              "as the profile has it");
        const std::vector<std::string> times = {
            "UdpTimeout",
            "UdpStreamTimeout",
            "IcmpTimeout",
            "GenericTimeout",
            "TcpSynSentTimeout",
            "TcpSynReceivedTimeout",
            "TcpEstablishedTimeout",
            "TcpFinWaitTimeout",
            "TcpCloseWaitTimeout",
            "TcpLastAckTimeout",
            "TcpTimeWaitTimeout",
            "TcpCloseTimeout",
            "TcpRetransmittedTimeout",
            "TcpUnacknowledgedTimeout",
            "UdpStreamAfter",
        };
        for (std::size_t i = 0; i < times.size(); i++)
        {
            settings->SetAttribute(times[i], TimeValue(Seconds(1000.0 + i)));
        }
        settings->SetAttribute("UdpTimeout", TimeValue(Time::Max()));
        const int64_t end = Seconds(1e9).GetNanoSeconds() + settings->GetProfile().udpTimeout;
        NS_TEST_EXPECT_MSG_GT(end, Seconds(2e9).GetNanoSeconds(), "a time without end is added to");
        settings->SetAttribute("UdpTimeout", TimeValue(Seconds(1000)));
        settings->SetAttribute("Mapping", StringValue("AddressDependent"));
        settings->SetAttribute("Filtering", StringValue("EndpointIndependent"));
        settings->SetAttribute("Refresh", StringValue("Outbound"));
        settings->SetAttribute("Unknown", StringValue("Rst"));
        settings->SetAttribute("PreservePorts", StringValue("Off"));
        settings->SetAttribute("PreserveParity", StringValue("On"));
        settings->SetAttribute("OverloadPorts", StringValue("Off"));
        settings->SetAttribute("Hairpinning", StringValue("On"));
        settings->SetAttribute("LooseTcp", StringValue("Off"));
        settings->SetAttribute("FirstPort", UintegerValue(9));
        settings->SetAttribute("LastPort", UintegerValue(8));
        const NatProfile p = settings->GetProfile();
        const std::vector<int64_t> read = {
            p.udpTimeout,
            p.udpStreamTimeout,
            p.icmpTimeout,
            p.genericTimeout,
            p.tcp.synSent,
            p.tcp.synReceived,
            p.tcp.established,
            p.tcp.finWait,
            p.tcp.closeWait,
            p.tcp.lastAck,
            p.tcp.timeWait,
            p.tcp.close,
            p.tcp.retransmitted,
            p.tcp.unacknowledged,
            p.udpStreamAfter,
        };
        for (std::size_t i = 0; i < times.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(read[i], Seconds(1000.0 + i).GetNanoSeconds(), times[i]);
        }
        NS_TEST_EXPECT_MSG_EQ((p.mapping == NatProfile::ADDRESS_DEPENDENT &&
                               p.filtering == NatProfile::ENDPOINT_INDEPENDENT &&
                               p.refresh == NatProfile::OUTBOUND && p.unknown == NatProfile::RST),
                              true,
                              "behaviour");
        NS_TEST_EXPECT_MSG_EQ((!p.preservePorts && p.preserveParity && !p.overloadPorts &&
                               p.hairpinning && !p.looseTcp && p.firstPort == 9 && p.lastPort == 9),
                              true,
                              "switches and ports");
    }

    /// C sends.
    void SendOther()
    {
        Pass(2, MakeUdp({C, 1000}, {FAR, 53}));
    }
};

/// A NAT or firewall in a router.
class NatBoxTestSuite : public TestSuite
{
  public:
    NatBoxTestSuite()
        : TestSuite("keepalive-nat-box")
    {
        AddTestCase(new UdpTestCase);
        AddTestCase(new TcpTestCase);
        AddTestCase(new IcmpTestCase);
        AddTestCase(new RefusedTestCase);
        AddTestCase(new LocalTestCase);
        AddTestCase(new BindingTestCase);
    }
};

NatBoxTestSuite g_natBoxTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
