/* SPDX-License-Identifier: GPL-2.0-only */

#include "hex-bytes.h"

#include "ns3/boolean.h"
#include "ns3/detection-event.h"
#include "ns3/double.h"
#include "ns3/failure-helper.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief HdlcNetDevice: two ends A and B of one line, 2 Mb/s, no propagation delay.
 *
 * Unless a case says otherwise, keepalives every 10 s: A at 3 s, 13 s and so on, B at 7.5 s, 17.5 s
 * and so on. A frame of 24 bytes takes 0.108 ms.
 *
 * Behaviours on the wire:
 *  1. keepalives byte by byte: 8f 00 80 35, then bodies of 20, 18 or 14 bytes, all of them heard
 *  2. numbers begin at 1 and return the peer's last one
 *  3. a SLARP request starts the numbers over, as on the captured wire, and is answered with the
 *     own address, or not at all
 *  4. uptime is the node's: it survives a shutdown and a lost carrier, but not a crash
 *
 * Behaviours of the addresses:
 *  5. an end without an address takes the other one of its peer's /30, asking at the start and at
 *     every tick until it has one
 *  6. and does not with another mask, a host that is no end of a /30, an address of its own, or
 *     without being told to
 *
 * Behaviours of what arrives:
 *  7. CDP, garbage, truncated frames and malformed IP are dropped, each with its reason, and reach
 *     nobody; every frame is in rxPackets or in rxDrops
 *  8. sound IPv4 and IPv6 packets are delivered, with and without multicast bit in the address
 *
 * Behaviours of the verdict, with exact times:
 *  9. a healthy line goes up and down under no rule, whatever the phases
 * 10. for each rule: a silent cut both ways, and one way in either direction; recovery on receipt
 * 11. the resets of IOS: one tick before the verdict and with it, and never while down
 * 12. LINUX starts down and comes up with the first number returned
 * 13. with an upCount, as many keepalives in a row
 * 14. keepalive 0 on one side: the other goes down, this side stays up and drops what it hears
 *
 * Behaviours of loops:
 * 15. a plug marks the ticks as looped; with DownWhenLooped the line goes down, and comes up with
 *     the first keepalive of the peer that is accepted, not with silence
 *
 * Behaviours of the operator and of failures:
 * 16. SetKeepalive while running: starts over, trusting, in either direction of zero
 * 17. shutdown and no shutdown: down at once with its cause, numbers start over
 * 18. crash and reboot: the same with theirs
 * 19. a stall: frames are dropped as stalled, data pass, the ticks go on where they would have
 * been; no operator and no carrier ends it, a reboot does; also from the very beginning
 * 20. who hears of a reset, a verdict or a keepalive may shut the interface or start it over:
 * nothing of its old life is sent
 * 21. GetKeepaliveCount counts what is unanswered
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr double PHASE_A = 0.3;  //!< share of the interval before A's first keepalive
constexpr double PHASE_B = 0.75; //!< of B's

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
 * @param hex the bytes as hexadecimal text, spaces allowed
 * @return the packet
 */
Ptr<Packet>
FromHex(const std::string& hex)
{
    const std::vector<uint8_t> bytes = ToBytes(hex);
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
class HdlcTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit HdlcTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_nodes = NodeContainer(2);
        SerialHelper serial("ns3::keepalive::HdlcNetDevice");
        serial.DisableFlowControl();
        serial.SetDeviceAttribute("DataRate", StringValue("2Mb/s"));
        m_line = serial.CreateChannel();
        m_frames.clear();
        m_events.clear();
        m_drops.clear();
        m_ticks.clear();
        m_delivered.clear();
        for (const uint32_t end : {0U, 1U})
        {
            m_ends[end] = DynamicCast<HdlcNetDevice>(serial.InstallEnd(m_nodes.Get(end), m_line));
            SetPhase(end, end == 0 ? PHASE_A : PHASE_B);
            const std::string name = end == 0 ? "A" : "B";
            Ptr<HdlcNetDevice> device = m_ends[end];
            device->TraceConnectWithoutContext(
                "PhyTxBegin",
                MakeBoundCallback(&HdlcTestCase::TakeFrame, this, name));
            device->TraceConnectWithoutContext(
                "LineProtocol",
                MakeBoundCallback(&HdlcTestCase::TakeEvent, this, name));
            device->TraceConnectWithoutContext(
                "Drop",
                MakeBoundCallback(&HdlcTestCase::TakeDrop, this, name));
            device->TraceConnectWithoutContext(
                "KeepaliveTick",
                MakeBoundCallback(&HdlcTestCase::TakeTick, this, name));
            device->TraceConnectWithoutContext(
                "InterfaceReset",
                MakeBoundCallback(&HdlcTestCase::TakeReset, this, name));
            device->SetReceiveCallback(MakeCallback(&HdlcTestCase::Deliver, this));
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
     * @brief Make the first keepalive of an end come at a known time.
     * @param end which
     * @param phase share of the interval
     */
    void SetPhase(uint32_t end, double phase)
    {
        Ptr<ConstantRandomVariable> constant = CreateObject<ConstantRandomVariable>();
        constant->SetAttribute("Constant", DoubleValue(phase));
        m_ends[end]->SetAttribute("KeepaliveStartPhase", PointerValue(constant));
    }

    /**
     * @brief Set an attribute of both ends.
     * @param name its name
     * @param value its value
     */
    void SetBoth(const std::string& name, const std::string& value)
    {
        for (const auto& end : m_ends)
        {
            end->SetAttribute(name, StringValue(value));
        }
    }

    /**
     * @brief Let a frame arrive, intact.
     * @param at when, seconds
     * @param end where
     * @param hex the frame
     */
    void InjectAt(double at, uint32_t end, const std::string& hex)
    {
        Simulator::ScheduleWithContext(m_nodes.Get(end)->GetId(),
                                       Seconds(at),
                                       &SerialNetDevice::Receive,
                                       m_ends[end],
                                       FromHex(hex),
                                       true);
    }

    /**
     * @brief Make a target fail for a while.
     * @param target the target
     * @param at when, seconds
     * @param end when it is repaired, seconds; 0 for never
     */
    void FailAt(Ptr<FailureTarget> target, double at, double end)
    {
        Simulator::Schedule(Seconds(at), &FailureTarget::Fail, target);
        if (end > 0)
        {
            Simulator::Schedule(Seconds(end), &FailureTarget::Repair, target);
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
     * @brief A user packet of 20 bytes: an IPv4 header with nothing in it.
     * @return its bytes
     */
    static std::string GetIpv4()
    {
        return "45000014 00000000 40fd0000 0a000001 0a000002";
    }

    NodeContainer m_nodes;             //!< A and B
    Ptr<SerialChannel> m_line;         //!< between them
    Ptr<HdlcNetDevice> m_ends[2];      //!< at A and at B
    std::vector<std::string> m_frames; //!< what was sent
    std::string m_events;              //!< line protocol
    std::string m_drops;               //!< drops
    std::string m_ticks;               //!< ticks and resets
    std::string m_delivered;           //!< packets handed to a node: protocol and bytes

  private:
    // trace sinks
    static void TakeFrame(HdlcTestCase* test, std::string name, Ptr<const Packet> frame)
    {
        test->m_frames.push_back(name + " " + Now() + " " + ToHex(frame));
    }

    static void TakeEvent(HdlcTestCase* test, std::string name, const DetectionEvent& event)
    {
        test->m_events +=
            name + " " + Now() + (event.up ? " up " : " down ") + ToString(event.cause) + "\n";
        test->HandleEvent(event);
    }

    static void TakeDrop(HdlcTestCase* test, std::string name, Ptr<const Packet>, DropReason reason)
    {
        test->m_drops += name + " " + Now() + " " + ToString(reason) + "\n";
    }

    static void TakeTick(HdlcTestCase* test,
                         std::string name,
                         const HdlcNetDevice::TickRecord& tick)
    {
        // As "debug serial interface" has it.
        std::ostringstream line;
        line << name << " " << Now() << " myseq " << tick.mySequence << ", mineseen "
             << tick.mineSeen << (tick.fresh ? "*" : "") << ", yourseen " << tick.yourSeen
             << ", line " << (tick.lineUp ? "up" : "down") << (tick.looped ? " (looped)" : "")
             << "\n";
        test->m_ticks += line.str();
        test->HandleTick();
    }

    static void TakeReset(HdlcTestCase* test, std::string name, uint64_t resets)
    {
        test->m_ticks += name + " " + Now() + " reset " + std::to_string(resets) + "\n";
        test->HandleReset();
    }

    /**
     * @brief A packet was handed to a node.
     * @param packet the packet
     * @param protocol its EtherType
     * @return true, for it is taken
     */
    bool Deliver(Ptr<NetDevice>, Ptr<const Packet> packet, uint16_t protocol, const Address&)
    {
        std::ostringstream line;
        line << Now() << " " << std::hex << protocol << " " << ToHex(packet) << "\n";
        m_delivered += line.str();
        return true;
    }

    /**
     * @brief For cases that act on a change of a line protocol.
     * @param event the change
     */
    virtual void HandleEvent(const DetectionEvent& event)
    {
        static_cast<void>(event);
    }

    /// For cases that act on a tick.
    virtual void HandleTick()
    {
    }

    /// For cases that act on a reset.
    virtual void HandleReset()
    {
    }
};

// ---- on the wire ----

/// Behaviour 1.
class BytesTestCase : public HdlcTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param size bytes of the SLARP body
     * @param first the first keepalive of A
     */
    BytesTestCase(uint32_t size, const std::string& first)
        : HdlcTestCase("Keepalives byte by byte, body of " + std::to_string(size)),
          m_size(size),
          m_first(first)
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("SlarpSize", UintegerValue(m_size));
        RunUntil(18);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A").substr(0, m_first.size() + 1),
                              m_first + "\n",
                              "the first keepalive");
        // The other end hears it, whatever its length.
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetCounters().keepalivesHeard, 2, "heard by B");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetCounters().rxBytes, 2 * (4 + m_size), "bytes");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetSequence().GetYourSeen(), 2, "and understood");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().keepaliveBytes,
                              2 * (4 + m_size) + 2 * 24,
                              "A's own and B's");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "", "drops");
    }

    uint32_t m_size;     //!< bytes of the SLARP body
    std::string m_first; //!< the first keepalive of A
};

/// Behaviour 2.
class NumbersTestCase : public HdlcTestCase
{
  public:
    NumbersTestCase()
        : HdlcTestCase("Numbers begin at 1 and return the peer's last one")
    {
    }

  private:
    void DoRun() override
    {
        RunUntil(28);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"),
                              "3000 8f00803500000002"
                              "00000001"
                              "00000000"
                              "ffff"
                              "00000bb8"
                              "0000\n"
                              "13000 8f00803500000002"
                              "00000002"
                              "00000001"
                              "ffff"
                              "000032c8"
                              "0000\n"
                              "23000 8f00803500000002"
                              "00000003"
                              "00000002"
                              "ffff"
                              "000059d8"
                              "0000\n",
                              "frames of A");
        NS_TEST_EXPECT_MSG_EQ(GetFrames("B"),
                              "7500 8f00803500000002"
                              "00000001"
                              "00000001"
                              "ffff"
                              "00001d4c"
                              "0000\n"
                              "17500 8f00803500000002"
                              "00000002"
                              "00000002"
                              "ffff"
                              "0000445c"
                              "0000\n"
                              "27500 8f00803500000002"
                              "00000003"
                              "00000003"
                              "ffff"
                              "00006b6c"
                              "0000\n",
                              "frames of B");
        NS_TEST_EXPECT_MSG_EQ(m_ticks,
                              "A 3000 myseq 0, mineseen 0, yourseen 0, line up\n"
                              "B 7500 myseq 0, mineseen 0*, yourseen 1, line up\n"
                              "A 13000 myseq 1, mineseen 1*, yourseen 1, line up\n"
                              "B 17500 myseq 1, mineseen 1*, yourseen 2, line up\n"
                              "A 23000 myseq 2, mineseen 2*, yourseen 2, line up\n"
                              "B 27500 myseq 2, mineseen 2*, yourseen 3, line up\n",
                              "what debug serial interface prints");
    }
};

/// Behaviour 3.
class RequestTestCase : public HdlcTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param numbered whether the end has an address
     */
    explicit RequestTestCase(bool numbered)
        : HdlcTestCase(numbered ? "A request starts the numbers over and is answered, as captured"
                                : "A request starts the numbers over, without an answer"),
          m_numbered(numbered)
    {
    }

  private:
    void DoRun() override
    {
        if (m_numbered)
        {
            InternetStackHelper().Install(m_nodes.Get(0));
            Ptr<Ipv4> ipv4 = m_nodes.Get(0)->GetObject<Ipv4>();
            const uint32_t interface = ipv4->AddInterface(m_ends[0]);
            ipv4->AddAddress(interface, Ipv4InterfaceAddress("15.0.0.1", "255.255.255.252"));
            ipv4->SetUp(interface);
        }
        SetPhase(0, 0);
        m_ends[1]->SetKeepalive(Seconds(0), 3);
        // packetlife-hdlc_slarp: seq 1 at 0, a request at 9.93, seq 1 again at 10.02.
        InjectAt(9.93, 0, "8f008035 00000000 00000000 00000000 0000 00000000 0000");
        RunUntil(21);
        const std::string reply = "9930 8f00803500000001"
                                  "0f000001"
                                  "fffffffc"
                                  "0000"
                                  "00000000"
                                  "0000\n";
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"),
                              "0 8f00803500000002"
                              "00000001"
                              "00000000"
                              "ffff"
                              "00000000"
                              "0000\n" +
                                  (m_numbered ? reply : "") +
                                  "10000 8f00803500000002"
                                  "00000001"
                                  "00000000"
                                  "ffff"
                                  "00002710"
                                  "0000\n"
                                  "20000 8f00803500000002"
                                  "00000002"
                                  "00000000"
                                  "ffff"
                                  "00004e20"
                                  "0000\n",
                              "frames of A");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().rxPackets, 1, "the request counts");
    }

    bool m_numbered; //!< whether the end has an address
};

/// Behaviour 4.
class UptimeTestCase : public HdlcTestCase
{
  public:
    UptimeTestCase()
        : HdlcTestCase("Uptime is the node's: it survives all but a crash")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[1]->SetKeepalive(Seconds(0), 3);
        FailAt(FailureHelper::Shutdown(m_ends[0], "A"), 10, 11);                 // sends at 14
        FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "line"), 20, 21); // at 24
        FailAt(FailureHelper::Crash(m_nodes.Get(0), "A"), 30, 32);               // at 35
        RunUntil(36);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"),
                              "3000 8f00803500000002"
                              "00000001"
                              "00000000"
                              "ffff"
                              "00000bb8"
                              "0000\n"
                              "14000 8f00803500000002"
                              "00000001"
                              "00000000"
                              "ffff"
                              "000036b0"
                              "0000\n"
                              "24000 8f00803500000002"
                              "00000001"
                              "00000000"
                              "ffff"
                              "00005dc0"
                              "0000\n"
                              "35000 8f00803500000002"
                              "00000001"
                              "00000000"
                              "ffff"
                              "00000bb8"
                              "0000\n",
                              "frames of A");
    }
};

// ---- addresses ----

/// Behaviours 5 and 6.
class AddressTestCase : public HdlcTestCase
{
  public:
    /// What B has, and what must become of A.
    struct Expectation
    {
        std::string name;     //!< the behaviour
        const char* address;  //!< of B
        const char* mask;     //!< of B
        const char* own;      //!< of A before; empty for none
        bool discovery;       //!< whether A asks
        const char* expected; //!< of A afterwards; empty for none
    };

    /**
     * @brief Create a case.
     * @param expectation what B has, and what must become of A
     */
    explicit AddressTestCase(const Expectation& expectation)
        : HdlcTestCase("Address discovery: " + expectation.name),
          m_expectation(expectation)
    {
    }

  private:
    /**
     * @brief Number an end.
     * @param end which
     * @param address its address
     * @param mask its mask
     */
    void Number(uint32_t end, const char* address, const char* mask)
    {
        Ptr<Ipv4> ipv4 = m_nodes.Get(end)->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(m_ends[end]);
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, mask));
        ipv4->SetUp(interface);
    }

    /**
     * @brief The address of A.
     * @return as text; empty for none
     */
    std::string GetAddress()
    {
        Ptr<Ipv4> ipv4 = m_nodes.Get(0)->GetObject<Ipv4>();
        const int32_t interface = ipv4->GetInterfaceForDevice(m_ends[0]);
        if (interface < 0 || ipv4->GetNAddresses(interface) == 0)
        {
            return "";
        }
        NS_TEST_EXPECT_MSG_EQ(ipv4->GetNAddresses(interface), 1, "addresses");
        NS_TEST_EXPECT_MSG_EQ(ipv4->IsUp(interface), true, "the interface is up");
        std::ostringstream text;
        text << ipv4->GetAddress(interface, 0).GetLocal();
        return text.str();
    }

    /**
     * @brief An address was derived.
     * @param address the address
     * @param mask its mask
     */
    void Discovered(Ipv4Address address, Ipv4Mask mask)
    {
        std::ostringstream text;
        text << Now() << " " << address << " " << mask;
        m_discovered += text.str();
    }

    void DoRun() override
    {
        m_discovered.clear();
        m_ends[0]->SetAttribute("AddressDiscovery", BooleanValue(m_expectation.discovery));
        m_ends[0]->TraceConnectWithoutContext("AddressDiscovered",
                                              MakeCallback(&AddressTestCase::Discovered, this));
        InternetStackHelper().Install(m_nodes);
        if (m_expectation.own[0] != '\0')
        {
            Number(0, m_expectation.own, "255.255.255.252");
        }
        // B has no address before 5 s: asked at 0 and at 3 s it does not answer.
        Simulator::Schedule(Seconds(5),
                            &AddressTestCase::Number,
                            this,
                            1U,
                            m_expectation.address,
                            m_expectation.mask);
        RunUntil(30);
        NS_TEST_EXPECT_MSG_EQ(GetAddress(), m_expectation.expected, "address of A");
        uint32_t requests = 0;
        for (const auto& frame : m_frames)
        {
            requests += frame.find(" 8f00803500000000") != std::string::npos ? 1 : 0;
        }
        const bool found = std::string(m_expectation.own) != m_expectation.expected;
        const bool searching = m_expectation.discovery && m_expectation.own[0] == '\0';
        NS_TEST_EXPECT_MSG_EQ(requests, (!searching ? 0 : found ? 3 : 4), "requests");
        NS_TEST_EXPECT_MSG_EQ(
            m_discovered,
            (found ? std::string("13000 ") + m_expectation.expected + " 255.255.255.252" : ""),
            "trace");
        NS_TEST_EXPECT_MSG_EQ(m_events, "", "none of that takes the line down");
    }

    Expectation m_expectation; //!< what B has, and what must become of A
    std::string m_discovered;  //!< what the trace said
};

/// Behaviour 6, a reply that nobody asked for.
class UnaskedReplyTestCase : public HdlcTestCase
{
  public:
    UnaskedReplyTestCase()
        : HdlcTestCase("Address discovery: no adoption on a node without IPv4")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("AddressDiscovery", BooleanValue(true));
        InjectAt(1, 0, "8f008035 00000001 0f000001 fffffffc 0000 00000000 0000");
        RunUntil(2);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().rxPackets, 1, "heard");
        NS_TEST_EXPECT_MSG_EQ(m_frames.size(), 0, "no request");
    }
};

// ---- what arrives ----

/// Behaviours 7 and 8.
class ArrivalTestCase : public HdlcTestCase
{
  public:
    /// A frame, and what must become of it.
    struct Expectation
    {
        std::string name;     //!< what it is
        std::string frame;    //!< its bytes
        std::string reason;   //!< of the drop; empty if it is accepted
        std::string protocol; //!< with which it is delivered; empty if it is not
    };

    /**
     * @brief Create a case.
     * @param expectation a frame, and what must become of it
     */
    explicit ArrivalTestCase(const Expectation& expectation)
        : HdlcTestCase("Arrives: " + expectation.name),
          m_expectation(expectation)
    {
    }

  private:
    void DoRun() override
    {
        InjectAt(1, 1, m_expectation.frame);
        RunUntil(2);
        const bool dropped = !m_expectation.reason.empty();
        NS_TEST_EXPECT_MSG_EQ(m_drops,
                              (dropped ? "B 1000 " + m_expectation.reason + "\n" : ""),
                              "reason");
        const InterfaceCounters& counters = m_ends[1]->GetCounters();
        NS_TEST_EXPECT_MSG_EQ(counters.rxDrops, (dropped ? 1 : 0), "drops");
        NS_TEST_EXPECT_MSG_EQ(counters.rxPackets, (dropped ? 0 : 1), "packets");
        const uint32_t size = FromHex(m_expectation.frame)->GetSize();
        NS_TEST_EXPECT_MSG_EQ(counters.rxBytes, (dropped ? 0 : size), "bytes");
        std::string expected;
        if (!m_expectation.protocol.empty())
        {
            expected = "1000 " + m_expectation.protocol + " " +
                       ToHex(FromHex(m_expectation.frame)).substr(8) + "\n";
        }
        NS_TEST_EXPECT_MSG_EQ(m_delivered, expected, "delivered");
        NS_TEST_EXPECT_MSG_EQ(m_events, "", "the line stays as it is");
    }

    Expectation m_expectation; //!< a frame, and what must become of it
};

/// Behaviour 7, with the parsers of ns-3 behind it.
class StackTestCase : public HdlcTestCase
{
  public:
    StackTestCase()
        : HdlcTestCase("Malformed IP never reaches the parsers of ns-3")
    {
    }

  private:
    void DoRun() override
    {
        InternetStackHelper().Install(m_nodes.Get(1));
        Ptr<Ipv4> ipv4 = m_nodes.Get(1)->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(m_ends[1]);
        ipv4->AddAddress(interface, Ipv4InterfaceAddress("10.0.0.2", "255.255.255.252"));
        ipv4->SetUp(interface);
        // Each of these makes ns-3's own header assert, or read past the end.
        const std::vector<std::string> frames = {
            "0f000800",
            "0f000800 45",
            "0f000800 65000014 00000000 40fd0000 0a000001 0a000002",
            "0f000800 44000014 00000000 40fd0000 0a000001 0a000002",
            "0f000800 4f000014 00000000 40fd0000 0a000001 0a000002",
            "0f000800 45000013 00000000 40fd0000 0a000001 0a000002",
            "0f000800 450000ff 00000000 40fd0000 0a000001 0a000002",
            "0f0086dd",
            "0f0086dd 6000000000000000"};
        double at = 1;
        for (const auto& frame : frames)
        {
            InjectAt(at += 0.01, 1, frame);
        }
        RunUntil(2);
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetCounters().rxDrops, frames.size(), "all are dropped");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetCounters().rxPackets, 0, "none is accepted");
    }
};

// ---- verdicts ----

/// Behaviour 9.
class HealthyTestCase : public HdlcTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param rule whose rule
     */
    explicit HealthyTestCase(const std::string& rule)
        : HdlcTestCase("A healthy line stays as it is, " + rule),
          m_rule(rule)
    {
    }

  private:
    void DoRun() override
    {
        for (const double phase : {0.05, 0.3, 0.301, 0.95})
        {
            DoTeardown();
            DoSetup();
            SetBoth("VerdictRule", m_rule);
            SetPhase(1, phase);
            RunUntil(5000);
            std::size_t changes = 0;
            for (const char byte : m_events)
            {
                changes += byte == '\n' ? 1 : 0;
            }
            NS_TEST_EXPECT_MSG_EQ(changes, (m_rule == "Linux" ? 2 : 0), m_events);
            NS_TEST_EXPECT_MSG_EQ(m_events.find("down"), std::string::npos, m_events);
            NS_TEST_EXPECT_MSG_EQ(m_drops, "", "drops");
            for (const auto& end : m_ends)
            {
                NS_TEST_EXPECT_MSG_EQ(end->IsLineUp(), true, "up");
                NS_TEST_EXPECT_MSG_EQ(end->GetResets(), 0, "resets");
                NS_TEST_EXPECT_MSG_EQ(end->GetCounters().keepalivesSent, 500, "sent");
                NS_TEST_EXPECT_MSG_EQ(end->GetCounters().keepalivesHeard, 500, "heard");
            }
        }
    }

    std::string m_rule; //!< whose rule
};

/// Behaviour 10.
class VerdictTestCase : public HdlcTestCase
{
  public:
    /// What is cut.
    enum class Cut
    {
        BOTH, //!< both directions
        TO_B, //!< only what A sends is lost
        TO_A  //!< only what B sends is lost
    };

    /**
     * @brief Create a case.
     * @param rule whose rule
     * @param cut what is cut, from 40 s to 100 s
     * @param expected all changes
     */
    VerdictTestCase(const std::string& rule, Cut cut, const std::string& expected)
        : HdlcTestCase("Verdict of " + rule + ", " +
                       (cut == Cut::BOTH   ? "silent cut"
                        : cut == Cut::TO_B ? "one-way cut of A to B"
                                           : "one-way cut of B to A")),
          m_rule(rule),
          m_cut(cut),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        SetBoth("VerdictRule", m_rule);
        Ptr<LinkCut> cut;
        switch (m_cut)
        {
        case Cut::BOTH:
            cut = FailureHelper::CutLink(m_ends[0], m_ends[1], "line");
            break;
        case Cut::TO_B:
            cut = FailureHelper::CutOneWay(m_ends[0], m_ends[1], "line");
            break;
        case Cut::TO_A:
            cut = FailureHelper::CutOneWay(m_ends[1], m_ends[0], "line");
            break;
        }
        FailAt(cut, 40, 100);
        RunUntil(200);
        const std::string start = m_rule == "Linux" ? "A 7500 up sequence-acknowledged\n"
                                                      "B 13000 up sequence-acknowledged\n"
                                                    : "";
        NS_TEST_EXPECT_MSG_EQ(m_events, start + m_expected, "changes");
    }

    std::string m_rule;     //!< whose rule
    Cut m_cut;              //!< what is cut
    std::string m_expected; //!< all changes
};

/// Behaviour 11.
class ResetTestCase : public HdlcTestCase
{
  public:
    ResetTestCase()
        : HdlcTestCase("The resets of IOS: one tick before the verdict, with it, never while down")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[1]->SetAttribute("VerdictRule", StringValue("Nokia")); // which resets nothing
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 40, 0);
        RunUntil(40.5);
        m_ticks.clear();
        RunUntil(95);
        NS_TEST_EXPECT_MSG_EQ(m_ticks,
                              "A 43000 myseq 4, mineseen 4*, yourseen 4, line up\n"
                              "B 47500 myseq 4, mineseen 3, yourseen 4, line up\n"
                              "A 53000 myseq 5, mineseen 4, yourseen 4, line up\n"
                              "B 57500 myseq 5, mineseen 3, yourseen 4, line down\n"
                              "A 63000 reset 1\n"
                              "A 63000 myseq 6, mineseen 4, yourseen 4, line up\n"
                              "B 67500 myseq 6, mineseen 3, yourseen 4, line down\n"
                              "A 73000 reset 2\n"
                              "A 73000 myseq 7, mineseen 4, yourseen 4, line down\n"
                              "B 77500 myseq 7, mineseen 3, yourseen 4, line down\n"
                              "A 83000 myseq 8, mineseen 4, yourseen 4, line down\n"
                              "B 87500 myseq 8, mineseen 3, yourseen 4, line down\n"
                              "A 93000 myseq 9, mineseen 4, yourseen 4, line down\n",
                              "what debug serial interface prints");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetResets(), 2, "counted");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetResets(), 0, "none");
    }
};

/// Behaviour 12.
class LinuxStartTestCase : public HdlcTestCase
{
  public:
    LinuxStartTestCase()
        : HdlcTestCase("LINUX starts down and comes up with the first number returned")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("VerdictRule", StringValue("Linux"));
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), false, "before the simulation");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->IsLineUp(), true, "the others trust");
        InjectAt(1, 0, "0f000800" + GetIpv4());                                   // down
        InjectAt(2, 0, "8f008035 00000002 00000005 00000000 ffff 00000000 0000"); // 0 is none
        RunUntil(7);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), false, "nothing returned yet");
        RunUntil(20);
        NS_TEST_EXPECT_MSG_EQ(m_events, "A 7500 up sequence-acknowledged\n", "changes");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "A 1000 line-down\n", "a line that is down carries nothing");

        // The hold time can be set: 12 s of silence after the last one at 17.5 s.
        DoTeardown();
        DoSetup();
        m_ends[0]->SetAttribute("VerdictRule", StringValue("Linux"));
        m_ends[0]->SetAttribute("HoldTime", StringValue("12s"));
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 20, 0);
        RunUntil(40);
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "A 7500 up sequence-acknowledged\n"
                              "A 33000 down hold-time-expired\n",
                              "changes");

        // Without keepalives there is nothing to wait for.
        DoTeardown();
        DoSetup();
        m_ends[0]->SetAttribute("VerdictRule", StringValue("Linux"));
        m_ends[0]->SetKeepalive(Seconds(0), 3);
        RunUntil(1);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), true, "without keepalives");
    }
};

/// Behaviour 13.
class UpCountTestCase : public HdlcTestCase
{
  public:
    UpCountTestCase()
        : HdlcTestCase("With an upCount of 3, up with the third keepalive in a row")
    {
    }

  private:
    void DoRun() override
    {
        SetBoth("KeepaliveUpCount", "3");
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 40, 100);
        RunUntil(200);
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "B 67500 down sequence-gap\n"
                              "A 73000 down sequence-gap\n"
                              "A 127500 up sequence-acknowledged\n"
                              "B 133000 up sequence-acknowledged\n",
                              "changes");
    }
};

/// Behaviour 14.
class OneSideTestCase : public HdlcTestCase
{
  public:
    OneSideTestCase()
        : HdlcTestCase("keepalive 0 on one side: the other goes down, this side stays up")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[1]->SetKeepalive(Seconds(0), 3);
        InjectAt(20, 1, "0f000800" + GetIpv4());
        RunUntil(60);
        // Numbers 1, 2 and 3 leave at 3, 13 and 23 s: the gap is 3 at 33 s.
        NS_TEST_EXPECT_MSG_EQ(m_events, "A 33000 down sequence-gap\n", "changes");
        NS_TEST_EXPECT_MSG_EQ(GetFrames("B"), "", "nothing is sent");
        const InterfaceCounters& counters = m_ends[1]->GetCounters();
        NS_TEST_EXPECT_MSG_EQ(counters.keepalivesHeard, 0, "nor heard");
        NS_TEST_EXPECT_MSG_EQ(counters.rxDrops, 6, "keepalives of A");
        NS_TEST_EXPECT_MSG_EQ(counters.rxPackets, 1, "a user packet");
        NS_TEST_EXPECT_MSG_EQ(m_drops.substr(0, 28), "B 3000 unsupported-protocol\n", "reason");
        NS_TEST_EXPECT_MSG_EQ(m_delivered.empty(), false, "user packets are delivered");
    }
};

// ---- loops ----

/// Behaviour 15.
class LoopTestCase : public HdlcTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param downWhenLooped the attribute
     * @param peerDies whether the peer is dead when the loop ends
     * @param expected changes of A
     */
    LoopTestCase(bool downWhenLooped, bool peerDies, const std::string& expected)
        : HdlcTestCase(std::string("A loopback plug ") +
                       (downWhenLooped ? "takes the line down if asked to"
                                       : "is marked, and the line stays up") +
                       (peerDies ? ", and silence does not bring it up" : "")),
          m_downWhenLooped(downWhenLooped),
          m_peerDies(peerDies),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("DownWhenLooped", BooleanValue(m_downWhenLooped));
        m_ends[1]->SetAttribute("KeepaliveRetries", UintegerValue(20)); // no changes of B
        FailAt(FailureHelper::PlugLoopback(m_ends[0], "plug"), 40, 80);
        if (m_peerDies)
        {
            FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 60, 0);
        }
        RunUntil(65);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetSequence().IsLooped(), true, "mark");
        const std::string last = m_downWhenLooped
                                     ? "myseq 6, mineseen 5*, yourseen 6, line down (looped)\n"
                                     : "myseq 6, mineseen 5*, yourseen 6, line up (looped)\n";
        NS_TEST_EXPECT_MSG_EQ((m_ticks.find("A 63000 " + last) != std::string::npos),
                              true,
                              m_ticks);
        RunUntil(95);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetSequence().IsLooped(), false, "no longer");
        NS_TEST_EXPECT_MSG_EQ(m_events, m_expected, "changes");
    }

    bool m_downWhenLooped;  //!< the attribute
    bool m_peerDies;        //!< whether the peer is dead when the loop ends
    std::string m_expected; //!< changes
};

// ---- operator and failures ----

/// Behaviour 16.
class ReconfigureTestCase : public HdlcTestCase
{
  public:
    ReconfigureTestCase()
        : HdlcTestCase("SetKeepalive while running starts over, trusting")
    {
    }

  private:
    /**
     * @brief Configure A.
     * @param interval seconds
     * @param retries count
     */
    void Configure(double interval, uint32_t retries)
    {
        m_ends[0]->SetKeepalive(Seconds(interval), retries);
    }

    /**
     * @brief Configure A later.
     * @param at when, seconds
     * @param interval seconds
     * @param retries count
     */
    void ConfigureAt(double at, double interval, uint32_t retries)
    {
        Simulator::Schedule(Seconds(at), &ReconfigureTestCase::Configure, this, interval, retries);
    }

    void DoRun() override
    {
        m_ends[1]->SetKeepalive(Seconds(0), 3);
        ConfigureAt(40, 20, 1); // down since 33: up; number 1 leaves at 46, the gap is 1 at 66
        ConfigureAt(70, 0, 1);  // up, and nothing is sent
        ConfigureAt(90, 5, 2);  // numbers 1 and 2 leave at 91.5 and 96.5, down at 101.5
        RunUntil(105);
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "A 33000 down sequence-gap\n"
                              "A 40000 up keepalive-reconfigured\n"
                              "A 66000 down sequence-gap\n"
                              "A 70000 up keepalive-reconfigured\n"
                              "A 101500 down sequence-gap\n",
                              "changes");
        NS_TEST_EXPECT_MSG_EQ(m_ticks,
                              "A 3000 myseq 0, mineseen 0, yourseen 0, line up\n"
                              "A 13000 myseq 1, mineseen 0, yourseen 0, line up\n"
                              "A 23000 reset 1\n"
                              "A 23000 myseq 2, mineseen 0, yourseen 0, line up\n"
                              "A 33000 reset 2\n"
                              "A 33000 myseq 3, mineseen 0, yourseen 0, line down\n"
                              "A 46000 myseq 0, mineseen 0, yourseen 0, line up\n"
                              "A 66000 reset 3\n"
                              "A 66000 myseq 1, mineseen 0, yourseen 0, line down\n"
                              "A 91500 myseq 0, mineseen 0, yourseen 0, line up\n"
                              "A 96500 reset 4\n"
                              "A 96500 myseq 1, mineseen 0, yourseen 0, line up\n"
                              "A 101500 reset 5\n"
                              "A 101500 myseq 2, mineseen 0, yourseen 0, line down\n",
                              "ticks");
    }
};

/// Behaviours 17 and 18.
class DownAndUpTestCase : public HdlcTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param crash a crash, else a shutdown
     */
    explicit DownAndUpTestCase(bool crash)
        : HdlcTestCase(crash ? "Crash and reboot: down at once, and numbers start over"
                             : "shutdown and no shutdown: down at once, and numbers start over"),
          m_crash(crash)
    {
    }

  private:
    void DoRun() override
    {
        Ptr<FailureTarget> target;
        if (m_crash)
        {
            target = FailureHelper::Crash(m_nodes.Get(0), "A");
        }
        else
        {
            target = FailureHelper::Shutdown(m_ends[0], "A");
        }
        FailAt(target, 20, 60); // B's last ones return 2 at 17.5
        RunUntil(100);
        // A is on again, with number 1, at 63. B knows nothing of that, and B's number 7 returns it
        // at 67.5; A heard B's 7 and returns it at 73.
        const std::string downCause = m_crash ? "node-crashed" : "admin-shutdown";
        const std::string upCause = m_crash ? "node-booted" : "admin-enabled";
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "A 20000 down " + downCause +
                                  "\nB 47500 down sequence-gap\nA 60000 up " + upCause +
                                  "\nB 73000 up sequence-acknowledged\n",
                              "changes");
        const std::string frames = GetFrames("A");
        NS_TEST_EXPECT_MSG_EQ(frames.substr(frames.find("63000"), 30),
                              "63000 8f0080350000000200000001",
                              "the first number");
        NS_TEST_EXPECT_MSG_EQ(frames.find("\n2"), std::string::npos, "silence");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().keepalivesSent, 6, "before and after");
    }

    bool m_crash; //!< a crash, else a shutdown
};

/// Behaviour 19.
class StallTestCase : public HdlcTestCase
{
  public:
    StallTestCase()
        : HdlcTestCase("A stall: frames dropped as stalled, data pass, the ticks of before")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(FailureHelper::Stall(m_nodes.Get(0), "A"), 25, 65);
        InjectAt(30, 0, "0f000800" + GetIpv4());
        InjectAt(31, 0, "8f008035 00000000 00000000 00000000 0000 00000000 0000");
        RunUntil(66);
        NS_TEST_EXPECT_MSG_EQ(m_drops,
                              "A 27500 stalled\nA 31000 stalled\nA 37500 stalled\n"
                              "A 47500 stalled\nA 57500 stalled\n",
                              "keepalives and requests");
        NS_TEST_EXPECT_MSG_EQ(m_delivered.empty(), false, "data pass");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().keepalivesSent, 3, "3, 13 and 23 s");
        m_drops.clear();
        RunUntil(100);
        // A judges nothing meanwhile, and hears B again at 67.5 before its next tick.
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "B 57500 down sequence-gap\nB 73000 up sequence-acknowledged\n",
                              "changes");
        NS_TEST_EXPECT_MSG_EQ((GetFrames("A").find("\n73000 8f00803500000002"
                                                   "0000000400000007ffff") != std::string::npos),
                              true,
                              GetFrames("A"));
        NS_TEST_EXPECT_MSG_EQ(m_drops, "", "it hears again");
    }
};

/// Behaviour 19, with what else may happen meanwhile.
class StallEndTestCase : public HdlcTestCase
{
  public:
    /// What happens during the stall, at 30 s.
    enum class Interruption
    {
        SHUTDOWN, //!< shutdown and no shutdown
        CARRIER,  //!< the carrier goes and comes back
        REBOOT    //!< the node crashes and boots
    };

    /**
     * @brief Create a case.
     * @param name what happens during the stall
     * @param interruption the same
     * @param ends whether that ends the stall
     */
    StallEndTestCase(const std::string& name, Interruption interruption, bool ends)
        : HdlcTestCase("A stall, from the very beginning, and " + name),
          m_interruption(interruption),
          m_endsStall(ends)
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetControlPlaneStalled(true);
        RunUntil(29);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"), "", "no keepalives");
        switch (m_interruption)
        {
        case Interruption::SHUTDOWN:
            FailAt(FailureHelper::Shutdown(m_ends[0], "A"), 1, 2);
            break;
        case Interruption::CARRIER:
            FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "line"), 1, 2);
            break;
        case Interruption::REBOOT:
            FailAt(FailureHelper::Crash(m_nodes.Get(0), "A"), 1, 2);
            break;
        }
        RunUntil(49);
        const std::string frames = GetFrames("A");
        const std::string expected = "34000 8f0080350000000200000001";
        NS_TEST_EXPECT_MSG_EQ(frames.substr(0, 30),
                              (m_endsStall ? expected.substr(0, 30) : ""),
                              "A");
        m_ends[0]->SetControlPlaneStalled(false);
        RunUntil(65);
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A").empty(), false, "keepalives afterwards");
    }

    Interruption m_interruption; //!< what happens during the stall
    bool m_endsStall;            //!< whether that ends it
};

/// Behaviour 15, with a peer whose numbers are of old when the loop ends.
class OldNumbersTestCase : public HdlcTestCase
{
  public:
    OldNumbersTestCase()
        : HdlcTestCase("The end of a loop brings the line up with an accepted number only")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("DownWhenLooped", BooleanValue(true));
        m_ends[1]->SetAttribute("KeepaliveRetries", UintegerValue(20)); // no changes of B
        FailAt(FailureHelper::PlugLoopback(m_ends[0], "plug"), 40, 105);
        RunUntil(130);
        // B's keepalive of 107.5 s returns what A sent at 33 s; that of 117.5 s what A sends at
        // 113 s.
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "A 43000 down loop-detected\nA 117500 up sequence-acknowledged\n",
                              "changes");
    }
};

/// Behaviour 20.
class InterferenceTestCase : public HdlcTestCase
{
  public:
    /// What the listener does.
    enum class Action
    {
        SHUT,    //!< shut the interface
        BOUNCE,  //!< shut it and enable it again
        RESTART, //!< SetKeepalive
        DISABLE  //!< SetKeepalive to zero
    };

    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param atReset act on the reset at 63 s, else on the verdict at 73 s
     * @param action what the listener does
     * @param frames frames of A after the cut
     * @param line whether the line is up immediately afterwards
     */
    InterferenceTestCase(const std::string& name,
                         bool atReset,
                         Action action,
                         const std::vector<std::string>& frames,
                         bool line)
        : HdlcTestCase("Who hears of a " + name),
          m_atReset(atReset),
          m_action(action),
          m_expected(frames),
          m_line(line)
    {
    }

  private:
    void HandleReset() override
    {
        if (m_atReset)
        {
            Act();
        }
    }

    void HandleEvent(const DetectionEvent& event) override
    {
        if (!m_atReset && event.cause == LineCause::SEQUENCE_GAP)
        {
            Act();
        }
    }

    /// Do it, once.
    void Act()
    {
        if (m_acted)
        {
            return;
        }
        m_acted = true;
        switch (m_action)
        {
        case Action::BOUNCE:
            m_ends[0]->SetAdminUp(false);
            m_ends[0]->SetAdminUp(true);
            break;
        case Action::SHUT:
            m_ends[0]->SetAdminUp(false);
            break;
        case Action::RESTART:
            m_ends[0]->SetKeepalive(Seconds(10), 3);
            break;
        case Action::DISABLE:
            m_ends[0]->SetKeepalive(Seconds(0), 3);
            break;
        }
    }

    void DoRun() override
    {
        m_acted = false;
        m_ends[1]->SetAttribute("KeepaliveRetries", UintegerValue(20)); // no verdict of B
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 40, 0);
        RunUntil(42);
        m_frames.clear();
        RunUntil(m_atReset ? 63.5 : 73.5);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), m_line, "line protocol");
        RunUntil(m_atReset ? 75 : 85);
        std::string expected;
        for (const auto& frame : m_expected)
        {
            expected += frame + "\n";
        }
        std::istringstream lines(GetFrames("A"));
        std::string numbers;
        for (std::string line; std::getline(lines, line);)
        {
            numbers +=
                line.substr(0, line.find(' ')) + " " + line.substr(line.find(' ') + 17, 8) + "\n";
        }
        NS_TEST_EXPECT_MSG_EQ(numbers, expected, "times and numbers of A");
    }

    bool m_atReset;                      //!< act on the reset
    Action m_action;                     //!< what the listener does
    std::vector<std::string> m_expected; //!< frames of A
    bool m_line;                         //!< whether the line is up
    bool m_acted{false};                 //!< it was done
};

/// Behaviour 20, at an arrival.
class ShutAtArrivalTestCase : public HdlcTestCase
{
  public:
    ShutAtArrivalTestCase()
        : HdlcTestCase("Who hears of a keepalive may shut the interface")
    {
    }

  private:
    // trace sink
    void Hear(Ptr<const Packet>, uint32_t)
    {
        m_ends[0]->SetAdminUp(false);
    }

    void DoRun() override
    {
        m_ends[0]->TraceConnectWithoutContext("KeepaliveRx",
                                              MakeCallback(&ShutAtArrivalTestCase::Hear, this));
        RunUntil(12);
        NS_TEST_EXPECT_MSG_EQ(m_events, "A 7500 down admin-shutdown\n", "and it stays down");
    }
};

/// Behaviour 20, at a tick.
class CrashAtTickTestCase : public HdlcTestCase
{
  public:
    CrashAtTickTestCase()
        : HdlcTestCase("Who hears of a tick may crash the node")
    {
    }

  private:
    void HandleTick() override
    {
        m_ends[0]->SetPowered(false);
    }

    void DoRun() override
    {
        RunUntil(5);
        NS_TEST_EXPECT_MSG_EQ(m_events, "A 3000 down node-crashed\n", "changes");
        NS_TEST_EXPECT_MSG_EQ(GetFrames("A"), "", "nothing is sent");
    }
};

/// Behaviour 21.
class CountTestCase : public HdlcTestCase
{
  public:
    CountTestCase()
        : HdlcTestCase("GetKeepaliveCount counts what is unanswered")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(FailureHelper::CutLink(m_ends[0], m_ends[1], "line"), 40, 0);
        RunUntil(35);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetKeepaliveCount(), 1, "one is out");
        RunUntil(39);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetKeepaliveCount(), 0, "it was answered");
        RunUntil(60);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetKeepaliveCount(), 2, "at 43 and 53 s");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetSequence().GetGap(), 2, "which is the gap");
    }
};

/// Behaviour of HdlcNetDevice.
class HdlcDeviceTestSuite : public TestSuite
{
  public:
    HdlcDeviceTestSuite()
        : TestSuite("keepalive-hdlc-device")
    {
        AddTestCase(new BytesTestCase(20,
                                      "3000 8f008035"
                                      "00000002"
                                      "00000001"
                                      "00000000"
                                      "ffff"
                                      "00000bb8"
                                      "0000"));
        AddTestCase(new BytesTestCase(18,
                                      "3000 8f008035"
                                      "00000002"
                                      "00000001"
                                      "00000000"
                                      "ffff"
                                      "00000bb8"));
        AddTestCase(new BytesTestCase(14,
                                      "3000 8f008035"
                                      "00000002"
                                      "00000001"
                                      "00000000"
                                      "ffff"));
        AddTestCase(new NumbersTestCase);
        AddTestCase(new RequestTestCase(true));
        AddTestCase(new RequestTestCase(false));
        AddTestCase(new UptimeTestCase);

        const char* none = "";
        for (const auto& expectation : std::vector<AddressTestCase::Expectation>{
                 {"1 of 30 bits makes 2", "15.0.0.1", "255.255.255.252", none, true, "15.0.0.2"},
                 {"2 of 30 bits makes 1", "15.0.0.6", "255.255.255.252", none, true, "15.0.0.5"},
                 {"not on 24 bits", "15.0.0.1", "255.255.255.0", none, true, none},
                 {"not on 31 bits", "15.0.0.1", "255.255.255.254", none, true, none},
                 {"not on 32 bits", "15.0.0.1", "255.255.255.255", none, true, none},
                 {"not from host 0", "15.0.0.4", "255.255.255.252", none, true, none},
                 {"not from host 3", "15.0.0.7", "255.255.255.252", none, true, none},
                 {"not with an address", "15.0.0.1", "255.255.255.252", "9.0.0.1", true, "9.0.0.1"},
                 {"not unless asked for", "15.0.0.1", "255.255.255.252", none, false, none}})
        {
            AddTestCase(new AddressTestCase(expectation));
        }
        AddTestCase(new UnaskedReplyTestCase);

        const std::string ipv4 = "45000014 00000000 40fd0000 0a000001 0a000002";
        const std::string ipv6 = "60000000 00003b40" + std::string(64, '0');
        for (const auto& expectation : std::vector<ArrivalTestCase::Expectation>{
                 {"nothing", "", "truncated", ""},
                 {"half a header", "0f0008", "truncated", ""},
                 {"a wrong address", "ff030021" + ipv4, "bad-address", ""},
                 {"CDP", "8f002000 02b4df93", "unsupported-protocol", ""},
                 {"garbage", "0f00dead beefbeef", "unsupported-protocol", ""},
                 {"SLARP, cut short", "8f008035 00000002 00000001 00000000 ff", "truncated", ""},
                 {"SLARP of unknown type",
                  "8f008035 00000003 00000001 00000000 ffff",
                  "unsupported-protocol",
                  ""},
                 {"SLARP of i4l, to 0f", "0f008035 00000002 00000001 00000000 ffff", "", ""},
                 {"SLARP with a tail",
                  "8f008035 00000002 00000001 00000000 ffff 00000000 0000 1234",
                  "",
                  ""},
                 {"IPv4, cut short", "0f000800 4500", "truncated", ""},
                 {"IPv4 of less than its length",
                  "0f000800 45000015 00000000 40fd0000 0a000001 0a000002",
                  "truncated",
                  ""},
                 {"IPv4 of another version",
                  "0f000800 65000014 00000000 40fd0000 0a000001 0a000002",
                  "bad-inner-header",
                  ""},
                 {"IPv4 with a short header",
                  "0f000800 44000014 00000000 40fd0000 0a000001 0a000002",
                  "bad-inner-header",
                  ""},
                 {"IPv6, cut short", "0f0086dd 6000", "truncated", ""},
                 {"IPv6 of another version", "0f0086dd 4" + ipv6.substr(1), "bad-inner-header", ""},
                 {"IPv4", "0f000800" + ipv4, "", "800"},
                 {"IPv4 to 8f", "8f000800" + ipv4, "", "800"},
                 {"IPv4 with a control byte", "0f030800" + ipv4, "", "800"},
                 {"IPv6", "0f0086dd" + ipv6, "", "86dd"}})
        {
            AddTestCase(new ArrivalTestCase(expectation));
        }
        AddTestCase(new StackTestCase);

        for (const char* rule : {"Ios", "Nokia", "Linux", "FreeBsd", "Sppp", "H3c", "Junos"})
        {
            AddTestCase(new HealthyTestCase(rule));
        }
        AddVerdicts();
        AddTestCase(new ResetTestCase);
        AddTestCase(new LinuxStartTestCase);
        AddTestCase(new UpCountTestCase);
        AddTestCase(new OneSideTestCase);

        AddTestCase(new LoopTestCase(false, false, ""));
        AddTestCase(new LoopTestCase(true,
                                     false,
                                     "A 43000 down loop-detected\n"
                                     "A 87500 up sequence-acknowledged\n"));
        AddTestCase(new LoopTestCase(true, true, "A 43000 down loop-detected\n"));
        AddTestCase(new OldNumbersTestCase);

        AddTestCase(new ReconfigureTestCase);
        AddTestCase(new DownAndUpTestCase(false));
        AddTestCase(new DownAndUpTestCase(true));
        AddTestCase(new StallTestCase);
        using Interruption = StallEndTestCase::Interruption;
        AddTestCase(new StallEndTestCase("a shutdown", Interruption::SHUTDOWN, false));
        AddTestCase(new StallEndTestCase("a carrier that flaps", Interruption::CARRIER, false));
        AddTestCase(new StallEndTestCase("a reboot, which ends it", Interruption::REBOOT, true));
        AddTestCase(new CrashAtTickTestCase);
        AddInterferences();
        AddTestCase(new ShutAtArrivalTestCase);
        AddTestCase(new CountTestCase);
    }

  private:
    /// Behaviour 10: the times are worked out in the class comment of SequenceGapLaw.
    void AddVerdicts()
    {
        using Cut = VerdictTestCase::Cut;
        const std::string gap = " down sequence-gap\n";
        const std::string held = " down hold-time-expired\n";
        // A's last one that is heard leaves at 33 s, B's at 37.5 s. After the repair the first ones
        // are A's at 103 s and B's at 107.5 s; A's returns a number of B's of old.
        const std::string gaps = "A 107500 up sequence-acknowledged\n"
                                 "B 113000 up sequence-acknowledged\n";
        // Whoever repeats its number, or does not look at it, is content with that.
        const std::string anyway = "B 103000 up sequence-acknowledged\n"
                                   "A 107500 up sequence-acknowledged\n";
        AddTestCase(
            new VerdictTestCase("Ios", Cut::BOTH, "B 67500" + gap + "A 73000" + gap + gaps));
        AddTestCase(
            new VerdictTestCase("Nokia", Cut::BOTH, "B 57500" + gap + "A 63000" + gap + gaps));
        AddTestCase(
            new VerdictTestCase("Linux", Cut::BOTH, "A 63000" + held + "B 67500" + held + gaps));
        AddTestCase(
            new VerdictTestCase("FreeBsd", Cut::BOTH, "B 57500" + gap + "A 63000" + gap + anyway));
        AddTestCase(
            new VerdictTestCase("Sppp", Cut::BOTH, "B 67500" + gap + "A 73000" + gap + anyway));
        AddTestCase(
            new VerdictTestCase("H3c", Cut::BOTH, "B 67500" + gap + "A 73000" + gap + anyway));
        AddTestCase(
            new VerdictTestCase("Junos", Cut::BOTH, "B 67500" + gap + "A 73000" + gap + anyway));

        // A's frames are lost: B hears nothing, A hears B return a number that stands still. From
        // 103 s on all is well: A returns what B sent at 97.5 s, and B returns what A sent.
        const std::string both = anyway;
        const std::string onlyB = "B 103000 up sequence-acknowledged\n";
        AddTestCase(
            new VerdictTestCase("Ios", Cut::TO_B, "B 67500" + gap + "A 73000" + gap + both));
        AddTestCase(
            new VerdictTestCase("Nokia", Cut::TO_B, "B 57500" + gap + "A 63000" + gap + both));
        AddTestCase(
            new VerdictTestCase("Linux", Cut::TO_B, "B 67500" + held + "A 73000" + held + both));
        AddTestCase(
            new VerdictTestCase("FreeBsd", Cut::TO_B, "B 57500" + gap + "A 63000" + gap + both));
        AddTestCase(new VerdictTestCase("Sppp", Cut::TO_B, "B 67500" + gap + onlyB));
        AddTestCase(
            new VerdictTestCase("H3c", Cut::TO_B, "B 67500" + gap + "A 73000" + gap + both));
        AddTestCase(new VerdictTestCase("Junos", Cut::TO_B, "B 67500" + gap + onlyB));

        // B's frames are lost: its number of 37.5 s is the last one returned. Its frame of 107.5 s
        // returns what A sent at 103 s.
        const std::string onlyA = "A 107500 up sequence-acknowledged\n";
        AddTestCase(
            new VerdictTestCase("Ios", Cut::TO_A, "A 73000" + gap + "B 77500" + gap + gaps));
        AddTestCase(
            new VerdictTestCase("Nokia", Cut::TO_A, "A 63000" + gap + "B 67500" + gap + gaps));
        AddTestCase(
            new VerdictTestCase("Linux", Cut::TO_A, "A 63000" + held + "B 87500" + held + gaps));
        AddTestCase(
            new VerdictTestCase("FreeBsd", Cut::TO_A, "A 63000" + gap + "B 67500" + gap + gaps));
        AddTestCase(new VerdictTestCase("Sppp", Cut::TO_A, "A 73000" + gap + onlyA));
        AddTestCase(
            new VerdictTestCase("H3c", Cut::TO_A, "A 73000" + gap + "B 77500" + gap + gaps));
        AddTestCase(new VerdictTestCase("Junos", Cut::TO_A, "A 73000" + gap + onlyA));
    }

    /// Behaviour 20.
    void AddInterferences()
    {
        using Action = InterferenceTestCase::Action;
        const std::vector<std::string> before = {"43000 00000005", "53000 00000006"};
        const std::vector<std::string> longer = {"43000 00000005",
                                                 "53000 00000006",
                                                 "63000 00000007"};
        const std::vector<std::string> afresh = {"43000 00000005",
                                                 "53000 00000006",
                                                 "66000 00000001"};
        const std::vector<std::string> afreshLonger = {"43000 00000005",
                                                       "53000 00000006",
                                                       "63000 00000007",
                                                       "76000 00000001"};
        AddTestCase(new InterferenceTestCase("reset may shut the interface",
                                             true,
                                             Action::SHUT,
                                             before,
                                             false));
        AddTestCase(new InterferenceTestCase("reset may shut and enable it",
                                             true,
                                             Action::BOUNCE,
                                             afresh,
                                             true));
        AddTestCase(new InterferenceTestCase("reset may start the keepalives over",
                                             true,
                                             Action::RESTART,
                                             afresh,
                                             true));
        AddTestCase(new InterferenceTestCase("verdict may shut the interface",
                                             false,
                                             Action::SHUT,
                                             longer,
                                             false));
        AddTestCase(new InterferenceTestCase("verdict may shut and enable it",
                                             false,
                                             Action::BOUNCE,
                                             afreshLonger,
                                             true));
        AddTestCase(new InterferenceTestCase("verdict may start the keepalives over",
                                             false,
                                             Action::RESTART,
                                             afreshLonger,
                                             true));
        AddTestCase(new InterferenceTestCase("verdict may disable the keepalives",
                                             false,
                                             Action::DISABLE,
                                             longer,
                                             true));
    }
};

HdlcDeviceTestSuite g_hdlcDeviceTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
