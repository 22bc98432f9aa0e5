/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief FrameLog and what it says of frames.
 *
 * 1. Frames of HDLC are described as public captures have them (packetlife-HDLC, hdlc_slarp).
 * 2. Frames of PPP are described by their bytes (packetlife-PPP, PPP_negotiation).
 * 3. Frames cut short and random bytes are described, too: as something known, and never by dying.
 * 4. Every frame of a line has one row, with the times at which it left and arrived.
 * 5. Every fate: cut, bit errors, receiver shut, no carrier, looped, and still underway.
 * 6. Copies of one packet on two lines, and in both directions of one, are told apart.
 */

#include "ns3/double.h"
#include "ns3/frame-description.h"
#include "ns3/frame-log.h"
#include "ns3/hdlc-header.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/node-container.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <cstdint>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @brief A packet of bytes given in hexadecimal.
 * @param text digits and spaces
 * @return the packet
 */
Ptr<Packet>
FromHex(const std::string& text)
{
    std::string digits;
    for (const char c : text)
    {
        digits += c == ' ' ? "" : std::string(1, c);
    }
    std::vector<uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    {
        bytes.push_back(static_cast<uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    }
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

/**
 * @brief A description in one line.
 * @param description the description
 * @return kind, identifier and acknowledged number
 */
std::string
ToText(const FrameDescription& description)
{
    std::string text = description.kind;
    for (const auto& number : {description.identifier, description.acknowledged})
    {
        text += number ? " " + std::to_string(*number) : " -";
    }
    return text;
}

/// A keepalive of IOS: number 5, returns 2.
constexpr const char* KEEPALIVE = "8f00 8035 00000002 00000005 00000002 ffff 0078f0a2 0000";

/// An LCP echo request of IOS.
constexpr const char* ECHO = "ff03 c021 09 0b 000c 0182effd 0082e9d0";

/// 1. HDLC.
class HdlcDescriptionTest : public TestCase
{
  public:
    HdlcDescriptionTest()
        : TestCase("frames of HDLC")
    {
    }

  private:
    /**
     * @brief Check a description.
     * @param bytes the frame, hexadecimal
     * @param expected its description
     */
    void Check(const std::string& bytes, const std::string& expected)
    {
        NS_TEST_EXPECT_MSG_EQ(ToText(DescribeHdlcFrame(FromHex(bytes))), expected, bytes);
    }

    void DoRun() override
    {
        Check(KEEPALIVE, "keepalive 5 2");
        Check("0f00 8035 00000002 ffffffff 00000000 ffff", "keepalive 4294967295 0");
        Check("8f00 8035 00000000 00000000 00000000 0000 00000000 0000", "slarp-request - -");
        Check("8f00 8035 00000001 0f000001 fffffffc 0000 00000000 0000", "slarp-reply - -");
        Check("8f00 8035 00000003 00000001 00000001 ffff 00000000 0000", "other - -");
        Check("0f00 0800 4500", "ipv4 - -");
        Check("0f00 86dd 6000", "ipv6 - -");
        Check("8f00 2000 02b4", "other - -");
        Check("ff03 0800 4500", "other - -");
        Check("8f00 8035 00000002 00000005 00000002 ff", "other - -");
        Check("8f00 80", "other - -");
        Check("", "other - -");

        Ptr<Packet> frame = FromHex(KEEPALIVE);
        DescribeHdlcFrame(frame);
        NS_TEST_EXPECT_MSG_EQ(frame->GetSize(), 24, "a frame described stays what it was");
    }
};

/// 2. PPP.
class PppDescriptionTest : public TestCase
{
  public:
    PppDescriptionTest()
        : TestCase("frames of PPP")
    {
    }

  private:
    /**
     * @brief Check a description.
     * @param bytes the frame, hexadecimal
     * @param expected its description
     */
    void Check(const std::string& bytes, const std::string& expected)
    {
        NS_TEST_EXPECT_MSG_EQ(ToText(DescribePppFrame(FromHex(bytes))), expected, bytes);
    }

    void DoRun() override
    {
        Check(ECHO, "echo-request 11 -");
        Check("ff03 c021 0a 0b 000c 0082e9d0 0082e9d0", "echo-reply 11 -");
        Check("c021 0a ff 0008 00000000", "echo-reply 255 -");
        Check("ff03 0021 4500", "ipv4 - -");
        Check("ff03 0057 6000", "ipv6 - -");
        Check("ff03 c023 01 01 0004", "other - -");
        Check("ff03 c021 09 0b 00", "other - -");
        Check("ff03 c0", "other - -");
        Check("ff03", "other - -");
        Check("", "other - -");

        const char* const codes[] = {"configure-request",
                                     "configure-ack",
                                     "configure-nak",
                                     "configure-reject",
                                     "terminate-request",
                                     "terminate-ack",
                                     "code-reject",
                                     "protocol-reject",
                                     "echo-request",
                                     "echo-reply",
                                     "discard-request"};
        for (uint32_t code = 0; code < 16; code++)
        {
            const std::string packet = std::string("0") + "0123456789abcdef"[code] + " 2a 0004";
            const std::string known =
                code >= 1 && code <= 11 ? std::string(codes[code - 1]) + " 42 -" : "other - -";
            Check("ff03 c021 " + packet, known);
            const bool ofNetwork = code >= 1 && code <= 7;
            Check("ff03 8021 " + packet, ofNetwork ? "ipcp-" + known : "other - -");
            Check("ff03 8057 " + packet, ofNetwork ? "ipv6cp-" + known : "other - -");
        }
    }
};

/// 3. Garbage.
class GarbageDescriptionTest : public TestCase
{
  public:
    GarbageDescriptionTest()
        : TestCase("whatever arrives is described")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937 random(20240229);
        std::set<std::string> hdlc;
        std::set<std::string> ppp;
        for (const char* whole : {KEEPALIVE, ECHO})
        {
            Ptr<Packet> frame = FromHex(whole);
            for (int i = 0; i < 20000; i++)
            {
                // A real frame cut short, and half the time with a byte or two changed.
                std::vector<uint8_t> bytes(frame->GetSize());
                frame->CopyData(bytes.data(), frame->GetSize());
                bytes.resize(random() % (bytes.size() + 1));
                for (uint32_t changes = random() % 4; changes > 1 && !bytes.empty(); changes--)
                {
                    bytes[random() % bytes.size()] = static_cast<uint8_t>(random() % 16);
                }
                Ptr<Packet> garbage =
                    Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
                hdlc.insert(DescribeHdlcFrame(garbage).kind);
                ppp.insert(DescribePppFrame(garbage).kind);
            }
        }
        // Changes of the type of SLARP and of the code of LCP are among them.
        const std::set<std::string> slarp = {"keepalive", "slarp-request", "slarp-reply", "other"};
        for (const auto& kind : slarp)
        {
            NS_TEST_EXPECT_MSG_EQ(hdlc.count(kind), 1, kind);
        }
        NS_TEST_EXPECT_MSG_EQ(ppp.count("discard-request"), 1, "LCP");
        NS_TEST_EXPECT_MSG_EQ(ppp.count("other"), 1, "PPP");
        NS_TEST_EXPECT_MSG_EQ(ppp.count(""), 0, "no frame is without a kind");
    }
};

/**
 * @brief Two routers, a line of 64 kbit/s and 5 ms, and keepalives every 10 s from 0 on at both
 *        ends.
 */
class LoggedLine
{
  public:
    /**
     * @brief Build the line.
     * @param log where its frames are logged
     * @param a what to call one end
     * @param b what to call the other end
     */
    LoggedLine(FrameLog& log, const std::string& a, const std::string& b)
    {
        NodeContainer nodes;
        nodes.Create(2);
        Ptr<ConstantRandomVariable> phase = CreateObject<ConstantRandomVariable>();
        phase->SetAttribute("Constant", DoubleValue(0));
        SerialHelper serial("ns3::keepalive::HdlcNetDevice");
        serial.SetDeviceAttribute("KeepaliveStartPhase", PointerValue(phase));
        serial.SetDeviceAttribute("DataRate", StringValue("64kb/s"));
        serial.SetChannelAttribute("Delay", StringValue("5ms"));
        const NetDeviceContainer ends = serial.Install(nodes);
        left = DynamicCast<SerialNetDevice>(ends.Get(0));
        right = DynamicCast<SerialNetDevice>(ends.Get(1));
        channel = left->GetSerialChannel();
        log.Watch(left, a, right, b);
    }

    Ptr<SerialNetDevice> left;  //!< one end
    Ptr<SerialNetDevice> right; //!< the other end
    Ptr<SerialChannel> channel; //!< the line
};

/// The first line of every log.
const std::string HEADER =
    "sent_s,arrived_s,from,to,protocol,kind,identifier,acknowledged,bytes,fate\n";

/// 4. A sound line.
class FrameLogRowTest : public TestCase
{
  public:
    FrameLogRowTest()
        : TestCase("every frame has a row")
    {
    }

  private:
    void DoRun() override
    {
        std::ostringstream out;
        FrameLog log(out);
        LoggedLine line(log, "R1", "R2");
        // 40 bytes behind the header of 4: 47 with FCS and flag, 5.875 ms.
        Simulator::Schedule(Seconds(12),
                            &SerialNetDevice::Send,
                            line.left,
                            FromHex("45" + std::string(78, '0')),
                            line.right->GetAddress(),
                            HdlcHeader::PROTOCOL_IPV4);
        Simulator::Stop(Seconds(15));
        Simulator::Run();
        log.Finish();
        Simulator::Destroy();
        // A keepalive takes 27 bytes: 3.375 ms, and the wire 5 ms.
        NS_TEST_EXPECT_MSG_EQ(out.str(),
                              HEADER +
                                  "0.000000000,0.008375000,R1,R2,hdlc,keepalive,1,0,24,arrived\n"
                                  "0.000000000,0.008375000,R2,R1,hdlc,keepalive,1,0,24,arrived\n"
                                  "10.000000000,10.008375000,R1,R2,hdlc,keepalive,2,1,24,arrived\n"
                                  "10.000000000,10.008375000,R2,R1,hdlc,keepalive,2,1,24,arrived\n"
                                  "12.000000000,12.010875000,R1,R2,hdlc,ipv4,,,44,arrived\n",
                              "frames");
    }
};

/// 5. Fates.
class FrameLogFateTest : public TestCase
{
  public:
    FrameLogFateTest()
        : TestCase("every fate")
    {
    }

  private:
    /**
     * @brief Run a line of which something fails, until just after its first two keepalives.
     * @param fail what fails, 2 ms after these have left
     * @param stop when to stop
     * @return the two rows
     */
    static std::string RunUntil(void (*fail)(LoggedLine*), Time stop)
    {
        std::ostringstream out;
        FrameLog log(out);
        LoggedLine line(log, "R1", "R2");
        Simulator::Schedule(MilliSeconds(2), fail, &line);
        Simulator::Stop(stop);
        Simulator::Run();
        log.Finish();
        log.Finish(); // no row twice
        Simulator::Destroy();
        return out.str().substr(HEADER.size());
    }

    /**
     * @brief Check a fate.
     * @param fail what fails
     * @param first the frame of R1: arrival, ends and fate
     * @param second the frame of R2
     */
    void Check(void (*fail)(LoggedLine*), const std::string& first, const std::string& second)
    {
        NS_TEST_EXPECT_MSG_EQ(RunUntil(fail, Seconds(1)),
                              ToRow(first) + ToRow(second),
                              "fate of the first keepalives");
    }

    /**
     * @brief A row of a first keepalive.
     * @param text arrival, ends and fate, separated by commas
     * @return the row
     */
    static std::string ToRow(const std::string& text)
    {
        const std::size_t fate = text.rfind(',');
        return "0.000000000," + text.substr(0, fate) + ",hdlc,keepalive,1,0,24" +
               text.substr(fate) + "\n";
    }

    static void Nothing(LoggedLine*)
    {
    } //!< a sound line

    static void Cut(LoggedLine* line) //!< @param line is cut from R1 to R2
    {
        line->channel->GetWireFrom(line->left)->Cut(false);
    }

    static void Corrupt(LoggedLine* line) //!< @param line has bit errors from R2 to R1
    {
        line->channel->GetWireFrom(line->right)->SetAttribute("BitErrorRate", DoubleValue(1));
    }

    static void ShutReceiver(LoggedLine* line) //!< @param line loses R2, in the middle of a frame
    {
        line->right->SetAdminUp(false);
    }

    static void DropCarrier(LoggedLine* line) //!< @param line shows R2 no carrier
    {
        line->channel->GetWireTo(line->right)->DropCarrier();
    }

    static void Plug(LoggedLine* line) //!< @param line is looped at R1
    {
        line->channel->InsertLoopbackPlug(line->left);
    }

    void DoRun() override
    {
        Check(&FrameLogFateTest::Nothing, "0.008375000,R1,R2,arrived", "0.008375000,R2,R1,arrived");
        Check(&FrameLogFateTest::Cut, ",R1,R2,wire-cut", "0.008375000,R2,R1,arrived");
        Check(&FrameLogFateTest::Corrupt, "0.008375000,R1,R2,arrived", "0.008375000,R2,R1,bad-fcs");
        // What R2 was sending breaks off.
        Check(&FrameLogFateTest::ShutReceiver, "0.008375000,R1,R2,admin-down", ",R2,R1,wire-cut");
        Check(&FrameLogFateTest::DropCarrier, "0.008375000,R1,R2,no-carrier", ",R2,R1,wire-cut");

        const std::string underway = RunUntil(&FrameLogFateTest::Nothing, MilliSeconds(7));
        NS_TEST_EXPECT_MSG_EQ(underway,
                              ToRow(",R1,R2,underway") + ToRow(",R2,R1,underway"),
                              "underway at the end");

        const std::string looped = RunUntil(&FrameLogFateTest::Plug, Seconds(10.5));
        NS_TEST_EXPECT_MSG_NE(
            looped.find("10.000000000,10.008375000,R1,R1,hdlc,keepalive,2,0,24,arrived\n"),
            std::string::npos,
            "a loop:\n"
                << looped);
        NS_TEST_EXPECT_MSG_NE(looped.find("10.000000000,,R2,R1,hdlc,keepalive,2,"),
                              std::string::npos,
                              "the end whose cable is open:\n"
                                  << looped);
    }
};

/// 6. Copies.
class FrameLogCopyTest : public TestCase
{
  public:
    FrameLogCopyTest()
        : TestCase("copies of one packet")
    {
    }

  private:
    void DoRun() override
    {
        std::ostringstream out;
        FrameLog log(out);
        LoggedLine first(log, "A", "B");
        LoggedLine second(log, "C", "D");
        first.channel->GetWireFrom(first.left)->SetAttribute("Delay", StringValue("50ms"));
        second.channel->GetWireFrom(second.left)->Cut(false);
        Ptr<Packet> packet = FromHex("45" + std::string(78, '0'));
        for (const auto& sender : {first.left, first.right, second.left, second.right})
        {
            Simulator::Schedule(Seconds(5),
                                &SerialNetDevice::Send,
                                sender,
                                packet->Copy(),
                                sender->GetBroadcast(),
                                HdlcHeader::PROTOCOL_IPV4);
        }
        Simulator::Stop(Seconds(6));
        Simulator::Run();
        log.Finish();
        Simulator::Destroy();
        for (const char* row : {"5.000000000,5.055875000,A,B,hdlc,ipv4,,,44,arrived\n",
                                "5.000000000,5.010875000,B,A,hdlc,ipv4,,,44,arrived\n",
                                "5.000000000,,C,D,hdlc,ipv4,,,44,wire-cut\n",
                                "5.000000000,5.010875000,D,C,hdlc,ipv4,,,44,arrived\n"})
        {
            NS_TEST_EXPECT_MSG_NE(out.str().find(row), std::string::npos, row << out.str());
        }
    }
};

/// The suite.
class FrameLogTestSuite : public TestSuite
{
  public:
    FrameLogTestSuite()
        : TestSuite("keepalive-frame-log")
    {
        AddTestCase(new HdlcDescriptionTest);
        AddTestCase(new PppDescriptionTest);
        AddTestCase(new GarbageDescriptionTest);
        AddTestCase(new FrameLogRowTest);
        AddTestCase(new FrameLogFateTest);
        AddTestCase(new FrameLogCopyTest);
    }
};

FrameLogTestSuite g_frameLogTestSuite; //!< registers the suite

} // namespace
