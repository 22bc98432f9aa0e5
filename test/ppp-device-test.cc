/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/boolean.h"
#include "ns3/detection-event.h"
#include "ns3/double.h"
#include "ns3/failure-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/ipv6.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-net-device.h"
#include "ns3/random-variable-stream.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief PppNetDevice: two ends A and B of one line, 2 Mb/s, no propagation delay.
 *
 * Unless a case says otherwise, LCP opens at 0 s; Echo-Requests every 10 s: A at 3 s, 13 s and so
 * on, B at 7.5 s, 17.5 s and so on; all of it a fraction of a millisecond late. A's Magic-Number is
 * 0182effd, B's is 0082e9d0, as in a public capture.
 *
 * Behaviours on the wire:
 *  1. negotiation and echoes byte by byte, as Cisco IOS and as pppd send them
 *  2. PFC and ACFC: each direction as its receiver asked for; control packets are never compressed
 *  3. Protocol-Reject of what is not spoken, such as CDP; not before LCP is Opened, nor stalled
 *  4. what a network protocol rejects is quoted as far as the peer's MRU allows
 *
 * Behaviours of the data:
 *  5. UDP over IPv4 both ways, with the address that the peer assigned
 *  6. UDP over IPv6 both ways; the identifier negotiated is that of the link-local address
 *  7. the peer's MRU bounds the MTU while LCP is Opened, and IP fragments
 *  8. without IPCP nothing is carried: NOT_OPENED both ways; before LCP is Opened LINE_DOWN
 *
 * Behaviours of the verdict, with exact times:
 *  9. for each rule: a silent cut both ways, and the negotiation after its repair
 * 10. adaptive: traffic makes echoes needless
 * 11. late replies: believed by pppd only
 * 12. keepalives off at one end: it sends none and answers all
 * 13. SetKeepalive while running: a fresh start of the keepalives, no change of the line
 *
 * Behaviours of the operator and of failures:
 * 14. shutdown and no shutdown, with and without telling the peer
 * 15. crash and reboot
 * 16. carrier loss
 * 17. stalls: packets are dropped as stalled, no operator and no carrier ends them, a reboot does;
 * also from the very beginning
 * 18. a loop
 * 19. who hears of a layer, a packet or a verdict may shut the interface, or start it over
 * 20. every frame is in rxPackets or in rxDrops
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr double PHASE_A = 0.3;          //!< share of the interval before A's first keepalive
constexpr double PHASE_B = 0.75;         //!< of B's
constexpr uint32_t MAGIC_A = 0x0182effd; //!< A's Magic-Number
constexpr uint32_t MAGIC_B = 0x0082e9d0; //!< B's
constexpr uint16_t IPV4 = 0x0800;        //!< EtherType
constexpr uint16_t PORT = 9;             //!< of UDP

/**
 * @brief Bytes of a packet as hexadecimal text.
 * @param packet the packet
 * @return lower-case digits without spaces
 */
std::string
ToHex(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    std::string hex;
    for (const uint8_t byte : bytes)
    {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 0x0f];
    }
    return hex;
}

/**
 * @brief A packet made of bytes.
 * @param hex the bytes as hexadecimal text without spaces
 * @return the packet
 */
Ptr<Packet>
FromHex(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    {
        bytes.push_back(static_cast<uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
    }
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

/**
 * @brief Milliseconds, as the records of this file have them.
 * @return now
 */
std::string
Now()
{
    return std::to_string(Simulator::Now().GetMilliSeconds());
}

/// A test case with a line between two nodes, and records of what happens on it.
class PppTestCase : public TestCase
{
  public:
    /// Attributes of the interfaces by name.
    using Attributes = std::vector<std::pair<std::string, std::string>>;

    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit PppTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_nodes = NodeContainer(2);
        SerialHelper serial("ns3::keepalive::PppNetDevice");
        serial.DisableFlowControl();
        serial.SetDeviceAttribute("DataRate", StringValue("2Mb/s"));
        m_line = serial.CreateChannel();
        m_frames.clear();
        m_events.clear();
        m_drops.clear();
        m_delivered.clear();
        for (const uint32_t end : {0U, 1U})
        {
            m_ends[end] = DynamicCast<PppNetDevice>(serial.InstallEnd(m_nodes.Get(end), m_line));
            Ptr<ConstantRandomVariable> phase = CreateObject<ConstantRandomVariable>();
            phase->SetAttribute("Constant", DoubleValue(end == 0 ? PHASE_A : PHASE_B));
            m_ends[end]->SetAttribute("KeepaliveStartPhase", PointerValue(phase));
            m_ends[end]->SetAttribute("MagicNumber", UintegerValue(end == 0 ? MAGIC_A : MAGIC_B));
            const std::string name = end == 0 ? "A" : "B";
            m_ends[end]->TraceConnectWithoutContext(
                "PhyTxBegin",
                MakeBoundCallback(&PppTestCase::TakeFrame, this, name));
            m_ends[end]->TraceConnectWithoutContext(
                "LineProtocol",
                MakeBoundCallback(&PppTestCase::TakeEvent, this, name));
            m_ends[end]->TraceConnectWithoutContext(
                "Drop",
                MakeBoundCallback(&PppTestCase::TakeDrop, this, name));
            if (!HasStack())
            {
                m_ends[end]->SetReceiveCallback(MakeCallback(&PppTestCase::Deliver, this));
            }
        }
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
        m_nodes = NodeContainer();
        m_line = nullptr;
        m_ends[0] = nullptr;
        m_ends[1] = nullptr;
    }

    /**
     * @brief Set attributes of both ends.
     * @param attributes names and values
     */
    void SetBoth(const Attributes& attributes)
    {
        for (const auto& end : m_ends)
        {
            for (const auto& attribute : attributes)
            {
                end->SetAttribute(attribute.first, StringValue(attribute.second));
            }
        }
    }

    /**
     * @brief Do something later.
     * @param at when, seconds
     * @param action what
     */
    void At(double at, const std::function<void()>& action)
    {
        Simulator::Schedule(Seconds(at) - Simulator::Now(), &PppTestCase::Do, action);
    }

    /**
     * @brief Let a frame arrive, intact.
     * @param at when, seconds
     * @param end where
     * @param hex the frame
     */
    void InjectAt(double at, uint32_t end, const std::string& hex)
    {
        At(at, [this, end, hex] { m_ends[end]->Receive(FromHex(hex), true); });
    }

    /**
     * @brief Make a target fail for a while.
     * @param target the target
     * @param at when, seconds
     * @param end when it is repaired, seconds; 0 for never
     */
    void FailAt(Ptr<FailureTarget> target, double at, double end)
    {
        At(at, [target] { target->Fail(); });
        if (end > 0)
        {
            At(end, [target] { target->Repair(); });
        }
    }

    /**
     * @brief Run for a while from the beginning.
     * @param end seconds
     */
    void RunUntil(double end)
    {
        Simulator::Stop(Seconds(end) - Simulator::Now());
        Simulator::Run();
    }

    /**
     * @brief Frames of one end.
     * @param name A or B
     * @return lines of time and bytes, without the other end's
     */
    std::string GetFrames(const std::string& name) const
    {
        std::string all;
        for (const auto& frame : m_frames)
        {
            if (frame.compare(0, 1, name) == 0)
            {
                all += frame.substr(2) + "\n";
            }
        }
        return all;
    }

    /**
     * @brief Run, and compare the changes of the line protocol.
     * @param end seconds
     * @param expected changes, see m_events, without the first ones
     */
    void ExpectEvents(double end, const std::string& expected)
    {
        RunUntil(end);
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "A 0 up lcp-opened\nB 0 up lcp-opened\n" + expected,
                              "changes");
    }

    NodeContainer m_nodes;             //!< A and B
    Ptr<SerialChannel> m_line;         //!< between them
    Ptr<PppNetDevice> m_ends[2];       //!< at A and at B
    std::vector<std::string> m_frames; //!< what was sent
    std::string m_events;              //!< line protocol
    std::string m_drops;               //!< drops
    std::string m_delivered;           //!< packets handed to a node: protocol and bytes

  private:
    /**
     * @brief An event.
     * @param action what to do
     */
    static void Do(std::function<void()> action)
    {
        action();
    }

    /**
     * @brief Whether what arrives is for a stack above.
     * @return false to have it recorded
     */
    virtual bool HasStack() const
    {
        return false;
    }

    /**
     * @brief For cases that react to the line protocol.
     * @param event the change
     */
    virtual void HandleEvent(const DetectionEvent& /* event */)
    {
    }

    // trace sinks
    static void TakeFrame(PppTestCase* test, std::string name, Ptr<const Packet> frame)
    {
        test->m_frames.push_back(name + " " + Now() + " " + ToHex(frame));
    }

    static void TakeEvent(PppTestCase* test, std::string name, const DetectionEvent& event)
    {
        test->m_events +=
            name + " " + Now() + (event.up ? " up " : " down ") + ToString(event.cause) + "\n";
        test->HandleEvent(event);
    }

    static void TakeDrop(PppTestCase* test, std::string name, Ptr<const Packet>, DropReason reason)
    {
        test->m_drops += name + " " + Now() + " " + ToString(reason) + "\n";
    }

    /**
     * @brief A packet is handed to a node.
     * @param device the interface
     * @param packet the packet
     * @param protocol its EtherType
     * @return true, for it is taken
     */
    bool Deliver(Ptr<NetDevice> device, Ptr<const Packet> packet, uint16_t protocol, const Address&)
    {
        m_delivered += (device == m_ends[0] ? "A " : "B ") + Now() + " " +
                       (protocol == IPV4 ? "4 " : "6 ") + std::to_string(packet->GetSize()) + "\n";
        return true;
    }
};

/**
 * @brief A user packet: an IPv4 header and zeros behind it.
 * @param size bytes, 20 to 255
 * @return its bytes as hexadecimal text
 */
std::string
GetIpv4(std::size_t size = 20)
{
    const std::string length = {"0123456789abcdef"[size >> 4], "0123456789abcdef"[size & 15]};
    return "450000" + length + "0000000040fd00000a0000010a000002" +
           std::string(2 * (size - 20), '0');
}

// ---- on the wire ----

/// Behaviour 1.
class BytesTestCase : public PppTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param pppd as pppd sends, else as Cisco IOS does
     */
    explicit BytesTestCase(bool pppd)
        : PppTestCase(std::string("Bytes of negotiation and echoes, as sent by ") +
                      (pppd ? "pppd" : "IOS")),
          m_pppd(pppd)
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("LocalAddress", StringValue("10.0.0.1"));
        m_ends[1]->SetAttribute("LocalAddress", StringValue("10.0.0.2"));
        if (m_pppd)
        {
            SetBoth({{"EchoCarriesMagic", "false"}, {"FirstEchoIdentifier", "0"}});
        }
        RunUntil(14);
        const std::string negotiation = "0 ff03c0210101000a05060182effd\n"
                                        "0 ff03c0210201000a05060082e9d0\n"
                                        "0 ff0380210101000a03060a000001\n"
                                        "0 ff0380210201000a03060a000002\n";
        // The second request and the second reply on this line, whose identifier is B's first.
        const std::string ios = "3000 ff03c0210901000c0182effd0082e9d0\n"
                                "7500 ff03c0210a01000c0182effd0182effd\n"
                                "13000 ff03c0210902000c0182effd0082e9d0\n";
        const std::string pppd = "3000 ff03c021090000080182effd\n"
                                 "7500 ff03c0210a0000080182effd\n"
                                 "13000 ff03c021090100080182effd\n";
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"), negotiation + (m_pppd ? pppd : ios), "frames of A");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "", "nothing is dropped");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetIpcp()->GetRemoteAddress(),
                              Ipv4Address("10.0.0.2"),
                              "address of B");
        const InterfaceCounters& counters = m_ends[0]->GetCounters();
        NS_TEST_EXPECT_MSG_EQ(counters.keepalivesSent, 2, "requests");
        NS_TEST_EXPECT_MSG_EQ(counters.keepalivesHeard, 2, "replies");
        NS_TEST_EXPECT_MSG_EQ(counters.reflected, 1, "requests of B");
        NS_TEST_EXPECT_MSG_EQ(counters.keepaliveBytes, m_pppd ? 48U : 64U, "bytes of these four");
    }

    bool m_pppd; //!< as pppd sends
};

/// Behaviour 2.
class CompressionTestCase : public PppTestCase
{
  public:
    CompressionTestCase()
        : PppTestCase("PFC and ACFC: each direction as its receiver asked for")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("Compress", BooleanValue(true));
        for (const uint32_t end : {0U, 1U})
        {
            At(1, [this, end] {
                m_ends[end]->Send(FromHex(GetIpv4()), Mac48Address::GetBroadcast(), IPV4);
            });
        }
        RunUntil(4);
        const std::string a = GetFrames("A");
        const std::string b = GetFrames("B");
        NS_TEST_EXPECT_MSG_EQ(a.substr(0, a.find('\n')),
                              "0 ff03c0210101000e05060182effd07020802",
                              "what A asks for");
        NS_TEST_EXPECT_MSG_EQ((a.find("1000 ff030021" + GetIpv4()) != std::string::npos), true, a);
        NS_TEST_EXPECT_MSG_EQ((b.find("1000 21" + GetIpv4()) != std::string::npos), true, b);
        NS_TEST_EXPECT_MSG_EQ((b.find("3000 ff03c0210a") != std::string::npos), true, b);
        NS_TEST_EXPECT_MSG_EQ(m_delivered, "A 1000 4 20\nB 1000 4 20\n", "delivered");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "", "nothing is dropped");
    }
};

/// Behaviour 3.
class ProtocolRejectTestCase : public PppTestCase
{
  public:
    ProtocolRejectTestCase()
        : PppTestCase("Protocol-Reject of CDP, when LCP is Opened and the control plane works")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("Ipv4", BooleanValue(false));
        m_ends[1]->SetAttribute("Ipv4", BooleanValue(false));
        InjectAt(0, 0, "ff030207deadbeef");
        InjectAt(1, 0, "ff030207deadbeef");
        InjectAt(1.5, 0, "ff030207deadbeef");
        At(2, [this] { m_ends[0]->SetControlPlaneStalled(true); });
        InjectAt(2.5, 0, "ff030207deadbeef");
        RunUntil(2.9);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"),
                              "0 ff03c0210101000a05060182effd\n"
                              "0 ff03c0210201000a05060082e9d0\n"
                              "1000 ff03c0210802000a0207deadbeef\n"
                              "1500 ff03c0210803000a0207deadbeef\n",
                              "frames of A");
        NS_TEST_EXPECT_MSG_EQ(m_drops,
                              "A 0 unsupported-protocol\nA 1000 unsupported-protocol\n"
                              "A 1500 unsupported-protocol\nA 2500 unsupported-protocol\n",
                              "drops");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->IsLineUp(), true, "B lives on");
    }
};

/// Behaviour 4.
class QuoteTestCase : public PppTestCase
{
  public:
    QuoteTestCase()
        : PppTestCase("What IPCP and LCP quote in rejects is cut to the peer's MRU")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[1]->SetAttribute("Mru", UintegerValue(128));
        InjectAt(1, 0, "ff0380216301012c" + std::string(592, '0')); // unknown code, 300 bytes
        InjectAt(1.5, 0, "ff03c0216301012c" + std::string(592, '0'));
        InjectAt(2, 0, "ff030207" + std::string(600, '0')); // unknown protocol
        RunUntil(2.5);
        std::string sizes;
        for (const auto& frame : m_frames)
        {
            if (frame.compare(0, 3, "A 0") != 0 && frame[0] == 'A')
            {
                sizes += std::to_string(frame.substr(frame.rfind(' ') + 1).size() / 2 - 4) + " ";
            }
        }
        NS_TEST_EXPECT_MSG_EQ(sizes, "128 128 128 ", "bytes of information");
    }
};

// ---- data ----

/// A case with real stacks above.
class PppStackTestCase : public PppTestCase
{
  public:
    using PppTestCase::PppTestCase;

  protected:
    void DoSetup() override
    {
        PppTestCase::DoSetup();
        InternetStackHelper().Install(m_nodes);
        m_heard.clear();
    }

    /**
     * @brief Listen for UDP.
     * @param end where
     * @param local any address of the family
     */
    void Listen(uint32_t end, const Address& local)
    {
        Ptr<Socket> socket = Socket::CreateSocket(m_nodes.Get(end), UdpSocketFactory::GetTypeId());
        socket->Bind(local);
        socket->SetRecvCallback(MakeCallback(&PppStackTestCase::Hear, this));
    }

    /**
     * @brief Send a datagram.
     * @param at when, seconds
     * @param end where
     * @param size bytes
     * @param remote where to
     */
    void SendUdpAt(double at, uint32_t end, uint32_t size, const Address& remote)
    {
        At(at, [this, end, size, remote] {
            Socket::CreateSocket(m_nodes.Get(end), UdpSocketFactory::GetTypeId())
                ->SendTo(Create<Packet>(size), 0, remote);
        });
    }

    std::string m_heard; //!< node and size of what was heard

  private:
    bool HasStack() const override
    {
        return true;
    }

    /**
     * @brief A datagram arrived.
     * @param socket where
     */
    void Hear(Ptr<Socket> socket)
    {
        Ptr<Packet> packet = socket->Recv();
        m_heard += (socket->GetNode() == m_nodes.Get(0) ? "A" : "B") +
                   std::to_string(packet->GetSize()) + " ";
    }
};

/// Behaviours 5 and 7.
class Ipv4TestCase : public PppStackTestCase
{
  public:
    Ipv4TestCase()
        : PppStackTestCase("UDP over IPv4, with an address of the peer's choice, and fragments")
    {
    }

  private:
    void DoRun() override
    {
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252", "0.0.0.2");
        addresses.Assign(NetDeviceContainer(m_ends[1]));
        m_ends[1]->SetAttribute("RemoteAddress", StringValue("10.0.0.1"));
        m_ends[1]->SetAttribute("Mru", UintegerValue(600));
        Listen(0, InetSocketAddress(Ipv4Address::GetAny(), PORT));
        Listen(1, InetSocketAddress(Ipv4Address::GetAny(), PORT));
        SendUdpAt(1, 0, 1000, InetSocketAddress("10.0.0.2", PORT)); // in two fragments
        SendUdpAt(1.5, 1, 1001, InetSocketAddress("10.0.0.1", PORT));
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetMtu(), 1500, "MTU before LCP is Opened");
        RunUntil(2);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetMtu(), 600, "MTU of A: B's MRU");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetMtu(), 1500, "MTU of B");
        Ptr<Ipv4> ipv4 = m_nodes.Get(0)->GetObject<Ipv4>();
        const int32_t interface = ipv4->GetInterfaceForDevice(m_ends[0]);
        NS_TEST_ASSERT_MSG_GT(interface, 0, "A has an interface");
        NS_TEST_EXPECT_MSG_EQ(ipv4->GetAddress(interface, 0).GetLocal(),
                              Ipv4Address("10.0.0.1"),
                              "with the address");
        NS_TEST_EXPECT_MSG_EQ(m_heard, "B1000 A1001 ", "datagrams");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().txDrops, 0, "nothing is too big");
        const bool taken = m_ends[0]->Send(Create<Packet>(601), Mac48Address::GetBroadcast(), IPV4);
        NS_TEST_EXPECT_MSG_EQ(taken, false, "but this is");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "A 2000 too-big\n", "reason");
        m_ends[0]->SetAdminUp(false);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetMtu(), 1500, "MTU without LCP");
    }
};

/// Behaviour 6.
class Ipv6TestCase : public PppStackTestCase
{
  public:
    Ipv6TestCase()
        : PppStackTestCase("UDP over IPv6; the identifier is that of the link-local address")
    {
    }

  private:
    void DoRun() override
    {
        SetBoth({{"Ipv6", "true"}});
        NetDeviceContainer ends(m_ends[0]);
        ends.Add(m_ends[1]);
        Ipv6AddressHelper addresses("2001:db8::", Ipv6Prefix(64));
        const Ipv6InterfaceContainer interfaces = addresses.Assign(ends);
        Listen(0, Inet6SocketAddress(Ipv6Address::GetAny(), PORT));
        Listen(1, Inet6SocketAddress(Ipv6Address::GetAny(), PORT));
        SendUdpAt(3, 0, 100, Inet6SocketAddress(interfaces.GetAddress(1, 1), PORT));
        SendUdpAt(4, 1, 101, Inet6SocketAddress(interfaces.GetAddress(0, 1), PORT));
        RunUntil(5);
        NS_TEST_EXPECT_MSG_EQ(m_heard, "B100 A101 ", "datagrams");
        for (const uint32_t end : {0U, 1U})
        {
            uint8_t bytes[16];
            interfaces.GetAddress(end, 0).GetBytes(bytes);
            uint64_t identifier = 0;
            for (std::size_t i = 8; i < 16; i++)
            {
                identifier = identifier << 8 | bytes[i];
            }
            NS_TEST_EXPECT_MSG_EQ(m_ends[end]->GetIpv6cp()->GetLocalIdentifier(),
                                  identifier,
                                  "own identifier");
            NS_TEST_EXPECT_MSG_EQ(m_ends[1 - end]->GetIpv6cp()->GetRemoteIdentifier(),
                                  identifier,
                                  "as the peer knows it");
        }
    }
};

/// Behaviour 8.
class NotOpenedTestCase : public PppTestCase
{
  public:
    NotOpenedTestCase()
        : PppTestCase("Without IPCP nothing is carried, before LCP is Opened neither")
    {
    }

  private:
    /**
     * @brief A sends a packet.
     * @param at when, seconds
     */
    void SendAt(double at)
    {
        At(at, [this] { m_ends[0]->Send(FromHex(GetIpv4()), Mac48Address::GetBroadcast(), IPV4); });
    }

    void DoRun() override
    {
        m_ends[1]->SetAttribute("Ipv4", BooleanValue(false));
        SendAt(0);
        InjectAt(0, 1, "ff030021" + GetIpv4());
        InjectAt(0, 1, "ff0380210101000a03060a000001");
        SendAt(1);
        InjectAt(1, 1, "ff030021" + GetIpv4());
        RunUntil(10);
        NS_TEST_EXPECT_MSG_EQ(m_drops,
                              "A 0 line-down\nB 0 not-opened\nB 0 unsupported-protocol\n"
                              "B 0 unsupported-protocol\n"
                              "A 1000 not-opened\nB 1000 not-opened\n",
                              "reasons");
        NS_TEST_EXPECT_MSG_EQ(m_delivered, "", "nothing is delivered");
        const std::string a = GetFrames("A");
        NS_TEST_EXPECT_MSG_EQ(std::count(a.begin(), a.end(), '\n'), 5, "IPCP is tried once:\n" + a);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), true, "the line is up all the same");
    }
};

// ---- verdict ----

/// Behaviour 9.
class VerdictTestCase : public PppTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param rule the rule
     * @param expected changes
     */
    VerdictTestCase(const std::string& rule, const std::string& expected)
        : PppTestCase("A cut both ways from 40 s to 100 s, rule " + rule),
          m_rule(rule),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        SetBoth({{"VerdictRule", m_rule}, {"KeepaliveRetries", "2"}, {"HoldTime", "25s"}});
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 40, 100);
        ExpectEvents(115, m_expected);
    }

    std::string m_rule;     //!< the rule
    std::string m_expected; //!< changes
};

/// Behaviour 10.
class AdaptiveTestCase : public PppTestCase
{
  public:
    AdaptiveTestCase()
        : PppTestCase("Adaptive: traffic received makes echoes needless, and nothing else does")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("VerdictRule", StringValue("PppdAdaptive"));
        m_ends[0]->SetAttribute("KeepaliveRetries", UintegerValue(2));
        m_ends[1]->SetKeepalive(Seconds(0), 5);
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 5, 0);
        InjectAt(20, 0, "ff030021" + GetIpv4()); // the tick at 23 s is satisfied
        InjectAt(30, 0, "ff030021" + GetIpv4()); // that at 33 s as well
        InjectAt(31, 0, "ff03020700");           // no user traffic
        InjectAt(40, 0, "ff0380210101000a03060a0000");
        // Unanswered at 43 and 53 s.
        ExpectEvents(70, "A 63000 down keepalive-unanswered\n");
        std::string echoes;
        for (const auto& frame : m_frames)
        {
            if (frame.find("c02109") != std::string::npos)
            {
                echoes += frame.substr(0, frame.rfind(' ')) + "\n";
            }
        }
        NS_TEST_EXPECT_MSG_EQ(echoes, "A 3000\nA 13000\nA 43000\nA 53000\n", "requests");
    }
};

/// Behaviour 11.
class LateReplyTestCase : public PppTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param rule the rule
     * @param believed whether a late reply counts
     */
    LateReplyTestCase(const std::string& rule, bool believed)
        : PppTestCase("Replies to the request before the last one, rule " + rule),
          m_rule(rule),
          m_believed(believed)
    {
    }

  private:
    void DoRun() override
    {
        SetBoth({{"VerdictRule", m_rule}, {"KeepaliveRetries", "3"}, {"RestartTimer", "30s"}});
        m_ends[1]->SetKeepalive(Seconds(0), 3);
        m_line->SetAttribute("Delay", TimeValue(Seconds(6))); // 12 s there and back
        RunUntil(60);
        // Opened at 12 s; requests at 15, 25, 35 and 45 s.
        const std::string up = "A 12000 up lcp-opened\nB 12000 up lcp-opened\n";
        const bool down = m_events != up;
        NS_TEST_EXPECT_MSG_EQ(down, !m_believed, m_events);
        NS_TEST_EXPECT_MSG_EQ((m_ends[0]->GetCounters().keepalivesHeard > 0), m_believed, "heard");
        if (!m_believed)
        {
            const std::string cause = m_rule == "Linux" ? "A 45000 down hold-time-expired\n"
                                                        : "A 45000 down keepalive-unanswered\n";
            NS_TEST_EXPECT_MSG_EQ(m_events.substr(0, (up + cause).size()), up + cause, "changes");
        }
    }

    std::string m_rule; //!< the rule
    bool m_believed;    //!< a late reply counts
};

/// Behaviour 12.
class OneSideTestCase : public PppTestCase
{
  public:
    OneSideTestCase()
        : PppTestCase("Keepalives off at one end: it sends none and answers all")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetKeepalive(Seconds(0), 5);
        ExpectEvents(100, "");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().keepalivesSent, 0, "A sends none");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().reflected, 10, "A answers");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetCounters().keepalivesHeard, 10, "B hears");
    }
};

/// Behaviour 13.
class ReconfigureTestCase : public PppTestCase
{
  public:
    ReconfigureTestCase()
        : PppTestCase("SetKeepalive while running: keepalives start over, the line stays as it is")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[1]->SetKeepalive(Seconds(0), 5);
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 5, 0);
        At(35, [this] { m_ends[0]->SetKeepalive(Seconds(2), 3); });
        // Unanswered at 35.6, 37.6 and 39.6 s; those before do not count.
        ExpectEvents(43, "A 41600 down keepalive-unanswered\n");
        m_ends[0]->SetKeepalive(Seconds(5), 2);
        RunUntil(60);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().keepalivesSent,
                              7,
                              "3, 13, 23, 33 s and those; none without a link");
    }
};

// ---- operator and failures ----

/// Behaviour 14.
class ShutdownTestCase : public PppTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param terminate whether the peer is told
     * @param expected changes
     */
    ShutdownTestCase(bool terminate, const std::string& expected)
        : PppTestCase(std::string("shutdown and no shutdown, ") +
                      (terminate ? "the peer is told" : "the peer is left to find out")),
          m_terminate(terminate),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        SetBoth(
            {{"TerminateOnShutdown", m_terminate ? "true" : "false"}, {"KeepaliveRetries", "2"}});
        uint32_t begun = 0;
        uint32_t ended = 0;
        m_ends[0]->TraceConnectWithoutContext("PhyTxBegin",
                                              MakeBoundCallback(&ShutdownTestCase::Count, &begun));
        m_ends[0]->TraceConnectWithoutContext("PhyTxEnd",
                                              MakeBoundCallback(&ShutdownTestCase::Count, &ended));
        FailAt(FailureHelper::Shutdown(m_ends[0], "A"), 20, 60);
        RunUntil(25);
        NS_TEST_EXPECT_MSG_EQ(begun, ended, "each frame comes to its end");
        NS_TEST_EXPECT_MSG_EQ(m_line->GetWireFrom(m_ends[0])->GetLostFrames(), 0, "on the wire");
        const std::string frames = GetFrames("A");
        NS_TEST_EXPECT_MSG_EQ((frames.find("20000 ff03c02105020004") != std::string::npos),
                              m_terminate,
                              frames);
        ExpectEvents(64, m_expected);
    }

    /**
     * @brief Trace sink.
     * @param counter what to count
     */
    static void Count(uint32_t* counter, Ptr<const Packet>)
    {
        (*counter)++;
    }

    bool m_terminate;       //!< whether the peer is told
    std::string m_expected; //!< changes
};

/// Behaviour 14, on a busy line.
class BusyShutdownTestCase : public PppTestCase
{
  public:
    BusyShutdownTestCase()
        : PppTestCase("shutdown while a packet is being sent and another one waits: it makes way")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetDataRate(DataRate("1200b/s")); // 40 bytes take a quarter of a second
        m_ends[1]->SetDataRate(DataRate("1200b/s"));
        for (const double at : {19.9, 19.91})
        {
            At(at,
               [this] { m_ends[0]->Send(FromHex(GetIpv4()), Mac48Address::GetBroadcast(), IPV4); });
        }
        FailAt(FailureHelper::Shutdown(m_ends[0], "A"), 20, 0);
        RunUntil(21);
        const std::string frames = GetFrames("A");
        NS_TEST_EXPECT_MSG_EQ((frames.find("20000 ff03c02105020004") != std::string::npos),
                              true,
                              frames);
        NS_TEST_EXPECT_MSG_EQ(m_line->GetWireFrom(m_ends[0])->GetLostFrames(), 1, "broken off");
        NS_TEST_EXPECT_MSG_EQ((m_drops.find("A 20000 admin-down") != std::string::npos),
                              true,
                              m_drops);
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->IsLineUp(), false, "B knows");
    }
};

/// Behaviour 5, of codes: a peer that does not know echoes.
class NoEchoTestCase : public PppTestCase
{
  public:
    NoEchoTestCase()
        : PppTestCase("a peer that rejects Echo-Requests is asked no more, and not suspected")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[1]->SetKeepalive(Seconds(0), 5);
        // A Code-Reject (7) that quotes A's Echo-Request (9), which B never answers from 1 s on.
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 1, 0);
        InjectAt(5,
                 0,
                 "ff03c021"
                 "0701000c"
                 "09010008"
                 "11111111");
        ExpectEvents(300, "");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().keepalivesSent,
                              1,
                              "at 3 s, and never again");
    }
};

/// Behaviours 15, 16 and 18.
class FailureTestCase : public PppTestCase
{
  public:
    /// What fails from 20 s to 60 s.
    enum class Kind
    {
        CRASH,   //!< A crashes
        CARRIER, //!< no carrier at either end
        LOOP     //!< a plug at A
    };

    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param kind what fails
     * @param expected changes
     */
    FailureTestCase(const std::string& name, Kind kind, const std::string& expected)
        : PppTestCase(name),
          m_kind(kind),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        SetBoth({{"KeepaliveRetries", "2"}});
        switch (m_kind)
        {
        case Kind::CRASH:
            FailAt(FailureHelper::Crash(m_nodes.Get(0), "A"), 20, 60);
            break;
        case Kind::CARRIER:
            FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "line"), 20, 60);
            break;
        case Kind::LOOP:
            FailAt(FailureHelper::PlugLoopback(m_ends[0], "plug"), 20, 60);
            break;
        }
        ExpectEvents(64, m_expected);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetLcp()->IsOpened(), true, "LCP is Opened again");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetIpcp()->IsOpened(), true, "IPCP as well");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetLcp()->IsLooped(), false, "and no loop");
    }

    Kind m_kind;            //!< what fails
    std::string m_expected; //!< changes
};

/// Behaviour 17.
class StallTestCase : public PppTestCase
{
  public:
    /// What happens during the stall.
    enum class Interruption
    {
        NONE,     //!< nothing
        SHUTDOWN, //!< shutdown and no shutdown
        CARRIER,  //!< the carrier goes and comes back
        REBOOT    //!< the node crashes and boots
    };

    /**
     * @brief Create a case.
     * @param name what happens during the stall
     * @param interruption the same
     * @param heard frames that A sends from 31 s to 49 s
     * @param expected changes
     */
    StallTestCase(const std::string& name,
                  Interruption interruption,
                  uint32_t heard,
                  const std::string& expected)
        : PppTestCase("A stall, and " + name),
          m_interruption(interruption),
          m_sent(heard),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("KeepaliveRetries", UintegerValue(2));
        FailAt(FailureHelper::Stall(m_nodes.Get(0), "A"), 25, 50);
        if (m_interruption == Interruption::SHUTDOWN)
        {
            FailAt(FailureHelper::Shutdown(m_ends[0], "A"), 30, 31);
        }
        else if (m_interruption == Interruption::CARRIER)
        {
            Ptr<SerialWire> wire = m_line->GetWireTo(m_ends[0]);
            At(30, [wire] { wire->DropCarrier(); });
            At(31, [wire] { wire->RestoreCarrier(); });
        }
        else if (m_interruption == Interruption::REBOOT)
        {
            FailAt(FailureHelper::Crash(m_nodes.Get(0), "A"), 30, 31);
        }
        RunUntil(26);
        m_frames.clear();
        RunUntil(49);
        const std::string frames = GetFrames("A");
        NS_TEST_EXPECT_MSG_EQ(std::count(frames.begin(), frames.end(), '\n'), m_sent, frames);
        m_drops.clear();
        ExpectEvents(54, m_expected);
        NS_TEST_EXPECT_MSG_EQ(m_drops, "", "A hears again");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), true, "and is up in the end");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->IsLineUp(), true, "as B is");
    }

    Interruption m_interruption; //!< what happens during the stall
    uint32_t m_sent;             //!< frames of A meanwhile
    std::string m_expected;      //!< changes
};

/// Behaviour 17, from the beginning, and shut during a stall.
class StalledTestCase : public PppTestCase
{
  public:
    StalledTestCase()
        : PppTestCase("Stalled before the simulation begins, and shut during a stall")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetControlPlaneStalled(true);
        At(5, [this] { m_ends[0]->SetControlPlaneStalled(false); });
        RunUntil(4.9);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"), "", "A is silent");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "A 0 stalled\nA 2000 stalled\nA 4000 stalled\n", "and deaf");
        RunUntil(10);
        // B repeats its request at 6 s, and that is what both wait for.
        NS_TEST_EXPECT_MSG_EQ(m_events, "A 6000 up lcp-opened\nB 6000 up lcp-opened\n", "changes");
        At(20, [this] { m_ends[0]->SetControlPlaneStalled(true); });
        At(21, [this] { m_ends[0]->SetAdminUp(false); });
        At(22, [this] { m_ends[0]->SetControlPlaneStalled(false); });
        RunUntil(20.5);
        m_frames.clear();
        RunUntil(40);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"), "", "who is shut sends nothing");
        NS_TEST_EXPECT_MSG_EQ(
            (m_ends[0]->GetLcp()->GetState() == PppControlProtocol::State::STARTING),
            true,
            "LCP waits for the line");
    }
};

/// Behaviour 19.
class InterferenceTestCase : public PppTestCase
{
  public:
    /// When the listener acts.
    enum class Occasion
    {
        LAYER,   //!< LCP is Opened
        CONTROL, //!< the first packet of the peer arrives
        LINE_UP, //!< the line protocol comes up
        VERDICT  //!< it goes down, unanswered
    };

    /**
     * @brief Create a case.
     * @param name the occasion
     * @param occasion the same
     * @param again enable the interface again at once
     */
    InterferenceTestCase(const std::string& name, Occasion occasion, bool again)
        : PppTestCase("Who hears of " + name + " may shut the interface" +
                      (again ? ", and enable it at once" : "")),
          m_occasion(occasion),
          m_again(again)
    {
    }

  private:
    void HandleEvent(const DetectionEvent& event) override
    {
        const bool atA = event.nodeId == m_nodes.Get(0)->GetId();
        if (atA &&
            ((m_occasion == Occasion::LINE_UP && event.up) ||
             (m_occasion == Occasion::VERDICT && event.cause == LineCause::KEEPALIVE_UNANSWERED)))
        {
            Act();
        }
    }

    // trace sinks
    void Layer(uint16_t, bool opened)
    {
        if (m_occasion == Occasion::LAYER && opened)
        {
            Act();
        }
    }

    void Control(const PppNetDevice::ControlRecord& record)
    {
        if (m_occasion == Occasion::CONTROL &&
            record.direction == PppControlProtocol::Direction::RECEIVED)
        {
            Act();
        }
    }

    /// Shut it, once.
    void Act()
    {
        if (m_acted)
        {
            return;
        }
        m_acted = true;
        m_ends[0]->SetAdminUp(false);
        if (m_again)
        {
            m_ends[0]->SetAdminUp(true);
        }
        else
        {
            m_frames.clear();
        }
    }

    void DoRun() override
    {
        m_acted = false;
        m_ends[0]->SetAttribute("KeepaliveRetries", UintegerValue(2));
        m_ends[0]->TraceConnectWithoutContext("LayerState",
                                              MakeCallback(&InterferenceTestCase::Layer, this));
        m_ends[0]->TraceConnectWithoutContext("Control",
                                              MakeCallback(&InterferenceTestCase::Control, this));
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 25, 55);
        RunUntil(70);
        NS_TEST_EXPECT_MSG_EQ(m_acted, true, "it happened");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), m_again, "line protocol");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetLcp()->IsOpened(), m_again, "LCP");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetIpcp()->IsOpened(), m_again, "IPCP");
        if (!m_again)
        {
            const std::string frames = GetFrames("A");
            const bool silent = frames.empty() || frames.find("c02105") != std::string::npos;
            NS_TEST_EXPECT_MSG_EQ(silent, true, "at most it says goodbye:\n" + frames);
            NS_TEST_EXPECT_MSG_LT(std::count(frames.begin(), frames.end(), '\n'), 2, frames);
        }
    }

    Occasion m_occasion; //!< when the listener acts
    bool m_again;        //!< enable it again
    bool m_acted{false}; //!< it was done
};

/// Behaviour 20.
class CountersTestCase : public PppTestCase
{
  public:
    CountersTestCase()
        : PppTestCase("Every frame is in rxPackets or in rxDrops, and the bytes are those of it")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<std::string> frames = {"",
                                                 "ff",
                                                 "ff03",
                                                 "ff03c0",
                                                 "ff04c021",
                                                 "ff03c021",
                                                 "ff03c02109010004",
                                                 "ff03c021090100ff0182effd",
                                                 "ff03c021090100080182effd",
                                                 "ff03c021090100080082e9d0",
                                                 "ff03c0210a6300080082e9d0",
                                                 "ff03c0210b0100080082e9d0",
                                                 "ff03c0210201000a05060182effd",
                                                 "ff03c02107010004",
                                                 "ff03c021630100040000",
                                                 "c0210c010004",
                                                 "ff03802163010004",
                                                 "ff03805701010004",
                                                 "ff03c02301010004",
                                                 "21" + GetIpv4(),
                                                 "ff030021" + GetIpv4(30),
                                                 "ff03002145",
                                                 "ff030057",
                                                 "57"};
        RunUntil(1);
        const InterfaceCounters before = m_ends[0]->GetCounters();
        double at = 1;
        for (const auto& frame : frames)
        {
            at += 0.01;
            InjectAt(at, 0, frame);
        }
        RunUntil(2);
        const InterfaceCounters& after = m_ends[0]->GetCounters();
        NS_TEST_EXPECT_MSG_EQ(after.rxPackets + after.rxDrops - before.rxPackets - before.rxDrops,
                              frames.size() + (m_ends[1]->GetCounters().txPackets - 6),
                              "frames");
        const std::string drops = m_drops;
        NS_TEST_EXPECT_MSG_EQ(std::count(drops.begin(), drops.end(), 'A'), after.rxDrops, drops);
        NS_TEST_EXPECT_MSG_EQ(m_delivered, "A 1200 4 20\nA 1210 4 30\n", "user packets");
    }
};

/// Behaviour of PppNetDevice.
class PppDeviceTestSuite : public TestSuite
{
  public:
    PppDeviceTestSuite()
        : TestSuite("keepalive-ppp-device")
    {
        AddTestCase(new BytesTestCase(false));
        AddTestCase(new BytesTestCase(true));
        AddTestCase(new CompressionTestCase);
        AddTestCase(new ProtocolRejectTestCase);
        AddTestCase(new QuoteTestCase);
        AddTestCase(new Ipv4TestCase);
        AddTestCase(new Ipv6TestCase);
        AddTestCase(new NotOpenedTestCase);
        AddVerdicts();
        AddTestCase(new AdaptiveTestCase);
        AddTestCase(new LateReplyTestCase("Ios", false));
        AddTestCase(new LateReplyTestCase("Linux", false));
        AddTestCase(new LateReplyTestCase("Pppd", true));
        AddTestCase(new LateReplyTestCase("PppdAdaptive", true));
        AddTestCase(new OneSideTestCase);
        AddTestCase(new ReconfigureTestCase);
        AddFailures();
        AddTestCase(new StalledTestCase);

        using Occasion = InterferenceTestCase::Occasion;
        for (const bool again : {false, true})
        {
            AddTestCase(new InterferenceTestCase("LCP being Opened", Occasion::LAYER, again));
            AddTestCase(new InterferenceTestCase("a packet", Occasion::CONTROL, again));
            AddTestCase(new InterferenceTestCase("the line coming up", Occasion::LINE_UP, again));
            AddTestCase(new InterferenceTestCase("a verdict", Occasion::VERDICT, again));
        }
        AddTestCase(new CountersTestCase);
    }

  private:
    /// Behaviour 9.
    void AddVerdicts()
    {
        // A's last answered request is that of 33 s, B's that of 37.5 s. Unanswered at 43 and 53 s,
        // A gives up at 63 s; B at 67.5 s. Then requests every 2 s: A at 101 s, which B
        // acknowledges, and B at 101.5 s.
        const std::string down = "A 63000 down keepalive-unanswered\n"
                                 "B 67500 down keepalive-unanswered\n";
        const std::string held = "A 63000 down hold-time-expired\nB 67500 down hold-time-expired\n";
        const std::string up = "A 101500 up lcp-opened\nB 101500 up lcp-opened\n";
        AddTestCase(new VerdictTestCase("Ios", down + up));
        AddTestCase(new VerdictTestCase("Linux", held + up));
        // Terminate-Requests 2 s apart, given up 4 s after the verdict, and Open 2 s later: A asks
        // at 69, 71, ... s, B at 73.5, 75.5, ... s.
        AddTestCase(new VerdictTestCase("Pppd", down + up));
        AddTestCase(new VerdictTestCase("PppdAdaptive", down + up));
    }

    /// Behaviours 14 to 18.
    void AddFailures()
    {
        using Kind = FailureTestCase::Kind;
        using Interruption = StallTestCase::Interruption;
        // Told, B gives up at 22 s, begins again at 24 s, and asks every 2 s, at 60 s as well.
        AddTestCase(new ShutdownTestCase(true,
                                         "A 20000 down admin-shutdown\nB 20000 down lcp-closed\n"
                                         "B 60000 up lcp-opened\nA 60000 up lcp-opened\n"));
        // Otherwise it asks 2 s after 47.5 s and so on, and A's request of 60 s waits for that.
        const std::string found = "B 47500 down keepalive-unanswered\n"
                                  "A 61500 up lcp-opened\nB 61500 up lcp-opened\n";
        AddTestCase(new ShutdownTestCase(false, "A 20000 down admin-shutdown\n" + found));
        AddTestCase(new BusyShutdownTestCase);
        AddTestCase(new NoEchoTestCase);
        AddTestCase(new FailureTestCase("Crash and reboot",
                                        Kind::CRASH,
                                        "A 20000 down node-crashed\n" + found));
        AddTestCase(new FailureTestCase("Carrier loss",
                                        Kind::CARRIER,
                                        "A 20000 down carrier-lost\nB 20000 down carrier-lost\n"
                                        "A 60000 up lcp-opened\nB 60000 up lcp-opened\n"));
        AddTestCase(
            new FailureTestCase("A loop", Kind::LOOP, "A 23000 down loop-detected\n" + found));

        AddTestCase(new StallTestCase("nothing else", Interruption::NONE, 0, ""));
        // A's first request behind the stall tells B that the link of before is gone.
        const std::string after = "B 50000 down lcp-closed\n"
                                  "B 50000 up lcp-opened\nA 50000 up lcp-opened\n";
        AddTestCase(new StallTestCase("a shutdown during it",
                                      Interruption::SHUTDOWN,
                                      0,
                                      "A 30000 down admin-shutdown\n" + after));
        AddTestCase(new StallTestCase("a carrier that flaps",
                                      Interruption::CARRIER,
                                      0,
                                      "A 30000 down carrier-lost\n" + after));
        // Six frames to negotiate, two requests, two replies.
        AddTestCase(new StallTestCase("a reboot, which ends it",
                                      Interruption::REBOOT,
                                      10,
                                      "A 30000 down node-crashed\nB 31000 down lcp-closed\n"
                                      "B 31000 up lcp-opened\nA 31000 up lcp-opened\n"));
    }
};

PppDeviceTestSuite g_pppDeviceTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
