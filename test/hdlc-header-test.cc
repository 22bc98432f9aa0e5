/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Cisco HDLC and SLARP on the wire: bytes that nobody here made up.
 *
 * 1. Frames of real routers decode to what they are and encode to the same bytes.
 * 2. Every frame of the capture packetlife-HDLC.cap does, if the capture lies beside the project.
 * 3. Headers that are built equal the frames captured, byte for byte, and the three body sizes are
 *    those of IOS, Linux and i4l.
 * 4. Malformed headers are told apart, consume nothing, and print.
 * 5. Every truncation of a frame is refused, or read as the shorter body that it is.
 * 6. The frame check sequences are those of RFC 1662, whole and in pieces, and find errors.
 * 7. The bits that stuffing inserts, against a sender that goes bit by bit.
 */

#include "ns3/frame-check-sequence.h"
#include "ns3/hdlc-header.h"
#include "ns3/packet.h"
#include "ns3/pcap-file.h"
#include "ns3/slarp-header.h"
#include "ns3/test.h"

#include <fstream>
#include <iomanip>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// packetlife-HDLC.cap, frames 1 and 2: keepalives of two IOS routers.
const char* const KEEPALIVE_1 = "8f008035 00000002 00000005 00000002 ffff 0078f0a2 0000";
const char* const KEEPALIVE_2 = "8f008035 00000002 00000003 00000005 ffff 0178f490 0000";
/// packetlife-hdlc_slarp, frames 2 and 3: a router asks for its address and is answered.
const char* const REQUEST = "8f008035 00000000 00000000 00000000 0000 00000000 0000";
const char* const REPLY = "8f008035 00000001 0f000001 fffffffc 0000 00000000 0000";

/**
 * @ingroup keepalive-tests
 * @brief Bytes from hexadecimal text.
 * @param hex the text, spaces allowed
 * @return the bytes
 */
std::vector<uint8_t>
ToBytes(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    std::string pair;
    for (const char digit : hex)
    {
        if (digit == ' ')
        {
            continue;
        }
        pair += digit;
        if (pair.size() == 2)
        {
            bytes.push_back(static_cast<uint8_t>(std::stoul(pair, nullptr, 16)));
            pair.clear();
        }
    }
    return bytes;
}

/**
 * @ingroup keepalive-tests
 * @brief Bytes as hexadecimal text.
 * @param bytes the bytes
 * @return lower-case digits without spaces
 */
std::string
ToHex(const std::vector<uint8_t>& bytes)
{
    std::ostringstream hex;
    hex << std::hex << std::setfill('0');
    for (const uint8_t byte : bytes)
    {
        hex << std::setw(2) << +byte;
    }
    return hex.str();
}

/**
 * @ingroup keepalive-tests
 * @brief Bytes of a packet as hexadecimal text.
 * @param packet the packet
 * @return lower-case digits without spaces
 */
std::string
ToHex(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return ToHex(bytes);
}

/**
 * @ingroup keepalive-tests
 * @brief A packet made of bytes.
 * @param bytes the bytes
 * @return the packet
 */
Ptr<Packet>
ToPacket(const std::vector<uint8_t>& bytes)
{
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

/**
 * @ingroup keepalive-tests
 * @brief What a header prints.
 * @param header the header
 * @return the text
 */
std::string
ToText(const Header& header)
{
    std::ostringstream text;
    header.Print(text);
    return text.str();
}

/// A test case that takes frames apart.
class FrameTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit FrameTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /// A frame taken apart.
    struct Frame
    {
        HdlcHeader hdlc;     //!< its header
        SlarpHeader slarp;   //!< what follows, if it is SLARP
        Ptr<Packet> payload; //!< the rest
    };

    /**
     * @brief Take a well-formed frame apart and put it together again.
     * @param bytes the frame
     * @return its parts
     */
    Frame Check(const std::vector<uint8_t>& bytes)
    {
        Frame frame;
        frame.payload = ToPacket(bytes);
        NS_TEST_EXPECT_MSG_EQ(frame.payload->RemoveHeader(frame.hdlc), 4, "bytes consumed");
        NS_TEST_EXPECT_MSG_EQ(frame.hdlc.GetError().has_value(), false, "well formed");
        const bool slarp = frame.hdlc.GetProtocol() == HdlcHeader::PROTOCOL_SLARP;
        if (slarp)
        {
            const uint32_t consumed = frame.payload->RemoveHeader(frame.slarp);
            NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetError().has_value(), false, "well formed");
            NS_TEST_EXPECT_MSG_EQ(consumed, frame.slarp.GetBodySize(), "bytes consumed");
        }
        Ptr<Packet> again = frame.payload->Copy();
        if (slarp)
        {
            again->AddHeader(frame.slarp);
        }
        again->AddHeader(frame.hdlc);
        NS_TEST_EXPECT_MSG_EQ(ToHex(again), ToHex(bytes), "encoded again");
        return frame;
    }
};

/// 1. Frames of real routers.
class HdlcCaptureTest : public FrameTestCase
{
  public:
    HdlcCaptureTest()
        : FrameTestCase("captured Cisco HDLC frames decode and encode unchanged")
    {
    }

  private:
    void DoRun() override
    {
        Frame frame = Check(ToBytes(KEEPALIVE_1));
        NS_TEST_EXPECT_MSG_EQ(+frame.hdlc.GetAddress(), 0x8f, "multicast");
        NS_TEST_EXPECT_MSG_EQ(+frame.hdlc.GetControl(), 0, "control");
        NS_TEST_EXPECT_MSG_EQ((frame.slarp.GetType() == SlarpHeader::Type::KEEPALIVE), true, "");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetSequence(), 5, "number");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetReturnedSequence(), 2, "number returned");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetReliability(), 0xffff, "reliability");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetUptime().value_or(0), 7925922, "2 h 12 min");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetBodySize(), 20, "IOS");
        NS_TEST_EXPECT_MSG_EQ(frame.payload->GetSize(), 0, "nothing else");
        NS_TEST_EXPECT_MSG_EQ(ToText(frame.hdlc), "address 0x8f protocol 0x8035", "printed");
        NS_TEST_EXPECT_MSG_EQ(
            ToText(frame.slarp),
            "keepalive sequence 5 returned 2 reliability 0xffff uptime 7925922 ms",
            "printed");

        frame = Check(ToBytes(KEEPALIVE_2));
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetSequence(), 3, "number");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetReturnedSequence(), 5, "number returned");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetUptime().value_or(0), 24704144, "6 h 51 min");

        frame = Check(ToBytes(REQUEST));
        NS_TEST_EXPECT_MSG_EQ((frame.slarp.GetType() == SlarpHeader::Type::REQUEST), true, "");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetReliability(), 0, "reliability");
        NS_TEST_EXPECT_MSG_EQ(ToText(frame.slarp),
                              "request reliability 0x0000 uptime 0 ms",
                              "printed");

        frame = Check(ToBytes(REPLY));
        NS_TEST_EXPECT_MSG_EQ((frame.slarp.GetType() == SlarpHeader::Type::REPLY), true, "");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetAddress(), Ipv4Address("15.0.0.1"), "address");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetMask(), Ipv4Mask("255.255.255.252"), "mask");
        NS_TEST_EXPECT_MSG_EQ(ToText(frame.slarp),
                              "reply address 15.0.0.1 mask 255.255.255.252 reliability 0x0000"
                              " uptime 0 ms",
                              "printed");

        // packetlife-HDLC.cap, frame 7, its beginning: an IPv4 packet.
        frame = Check(ToBytes("0f000800 45000064 00000000 ff01a796 0a000001 0a000002 0800320b"));
        NS_TEST_EXPECT_MSG_EQ(+frame.hdlc.GetAddress(), 0x0f, "unicast");
        NS_TEST_EXPECT_MSG_EQ(frame.hdlc.GetProtocol(), 0x0800, "IPv4");
        NS_TEST_EXPECT_MSG_EQ(frame.payload->GetSize(), 24, "payload");

        // packetlife-HDLC.cap, frame 17, its beginning: CDP.
        frame = Check(ToBytes("8f002000 02b4162e 00010006 5230"));
        NS_TEST_EXPECT_MSG_EQ(frame.hdlc.GetProtocol(), 0x2000, "CDP");

        // What has no meaning is kept too: control byte, padding, reliability, more than IOS sends.
        frame = Check(ToBytes("0f5a8035 00000002 ffffffff fffffffe 1234 ffffffff abcd 99887766"));
        NS_TEST_EXPECT_MSG_EQ(+frame.hdlc.GetControl(), 0x5a, "control");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetSequence(), 0xffffffff, "number");
        NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetReliability(), 0x1234, "reliability");
        NS_TEST_EXPECT_MSG_EQ(frame.payload->GetSize(), 4, "not ours");
        NS_TEST_EXPECT_MSG_EQ(ToText(frame.hdlc),
                              "address 0x0f control 0x5a protocol 0x8035",
                              "printed");
    }
};

/// 2. A whole capture.
class HdlcCaptureFileTest : public FrameTestCase
{
  public:
    HdlcCaptureFileTest()
        : FrameTestCase("every frame of packetlife-HDLC.cap decodes and encodes unchanged")
    {
    }

  private:
    void DoRun() override
    {
        // Captures of others are not part of the project: only where they lie beside it.
        const std::string here = __FILE__;
        const std::size_t slash = here.rfind('/');
        const std::string path = (slash == std::string::npos ? "." : here.substr(0, slash)) +
                                 "/../../shared/captures/packetlife-HDLC.cap";
        if (!std::ifstream(path))
        {
            return;
        }

        PcapFile file;
        file.Open(path, std::ios::in | std::ios::binary);
        NS_TEST_ASSERT_MSG_EQ(file.Fail(), false, "cannot read " << path);
        NS_TEST_EXPECT_MSG_EQ(file.GetDataLinkType(), 104, "DLT_C_HDLC");
        uint32_t frames = 0;
        uint32_t keepalives = 0;
        std::set<std::string> distinct;
        while (true)
        {
            std::vector<uint8_t> bytes(65536);
            uint32_t seconds;
            uint32_t fraction;
            uint32_t included;
            uint32_t original;
            uint32_t read;
            file.Read(bytes.data(),
                      static_cast<uint32_t>(bytes.size()),
                      seconds,
                      fraction,
                      included,
                      original,
                      read);
            if (file.Eof() || file.Fail())
            {
                break;
            }
            bytes.resize(read);
            frames++;
            const Frame frame = Check(bytes);
            if (frame.hdlc.GetProtocol() != HdlcHeader::PROTOCOL_SLARP)
            {
                continue;
            }
            keepalives++;
            distinct.insert(ToHex(bytes));
            NS_TEST_EXPECT_MSG_EQ((frame.slarp.GetType() == SlarpHeader::Type::KEEPALIVE),
                                  true,
                                  "only keepalives");
            // The two routers differ by two and take turns: 5 returns 2, 3 returns 5, 6 returns 3.
            const uint32_t ahead = frame.slarp.GetSequence() - frame.slarp.GetReturnedSequence();
            NS_TEST_EXPECT_MSG_EQ((ahead == 3 || ahead == UINT32_MAX - 1),
                                  true,
                                  "frame " << frames);
        }
        NS_TEST_EXPECT_MSG_EQ(frames, 38, "24 keepalives, 10 pings, 4 CDP");
        NS_TEST_EXPECT_MSG_EQ(keepalives, 24, "keepalives");
        NS_TEST_EXPECT_MSG_EQ(distinct.size(), 24, "no two are equal");
    }
};

/// 3. Headers that are built.
class HdlcBuildTest : public FrameTestCase
{
  public:
    HdlcBuildTest()
        : FrameTestCase("headers that are built equal the frames captured")
    {
    }

  private:
    /**
     * @brief Build a frame.
     * @param slarp the SLARP header
     * @return the frame
     */
    static std::string Build(const SlarpHeader& slarp)
    {
        HdlcHeader hdlc;
        hdlc.SetAddress(HdlcHeader::ADDRESS_MULTICAST);
        hdlc.SetProtocol(HdlcHeader::PROTOCOL_SLARP);
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(slarp);
        packet->AddHeader(hdlc);
        return ToHex(packet);
    }

    void DoRun() override
    {
        SlarpHeader slarp;
        NS_TEST_EXPECT_MSG_EQ(Build(slarp), ToHex(ToBytes(REQUEST)), "a new header is a request");
        slarp.SetKeepalive(5, 2);
        slarp.SetUptime(7925922);
        const std::string whole = ToHex(ToBytes(KEEPALIVE_1));
        NS_TEST_EXPECT_MSG_EQ(Build(slarp), whole, "IOS");

        // What Linux and i4l send, is the beginning of it.
        slarp.SetBodySize(18);
        NS_TEST_EXPECT_MSG_EQ(Build(slarp), whole.substr(0, 2 * 22), "Linux");
        NS_TEST_EXPECT_MSG_EQ(slarp.GetUptime().value_or(0), 7925922, "has a time");
        slarp.SetBodySize(14);
        NS_TEST_EXPECT_MSG_EQ(Build(slarp), whole.substr(0, 2 * 18), "i4l");
        NS_TEST_EXPECT_MSG_EQ(slarp.GetUptime().has_value(), false, "has no time");
        NS_TEST_EXPECT_MSG_EQ(ToText(slarp),
                              "keepalive sequence 5 returned 2 reliability 0xffff",
                              "prints no time");
        for (const uint32_t size : {0, 13, 14, 15, 17, 18, 19, 20, 21, 1500})
        {
            slarp.SetBodySize(size);
            const uint32_t rounded = size >= 20 ? 20 : (size >= 18 ? 18 : 14);
            NS_TEST_EXPECT_MSG_EQ(slarp.GetBodySize(), rounded, "asked for " << size);
            NS_TEST_EXPECT_MSG_EQ(Build(slarp), whole.substr(0, 2 * (4 + rounded)), "" << size);
        }

        // Everything of one type is forgotten by the next.
        slarp.SetUptime(0);
        slarp.SetReply(Ipv4Address("15.0.0.1"), Ipv4Mask("255.255.255.252"));
        NS_TEST_EXPECT_MSG_EQ(Build(slarp), ToHex(ToBytes(REPLY)), "reply");
        slarp.SetRequest();
        NS_TEST_EXPECT_MSG_EQ(Build(slarp), ToHex(ToBytes(REQUEST)), "request");
        slarp.SetReliability(0xffff); // Linux
        NS_TEST_EXPECT_MSG_EQ(Build(slarp).substr(32, 4), "ffff", "reliability");

        // Reading forgets what was set before.
        slarp.SetKeepalive(9, 8);
        slarp.SetUptime(7);
        Ptr<Packet> shorter = ToPacket(ToBytes("00000001 0f000001 fffffffc 0000"));
        shorter->RemoveHeader(slarp);
        slarp.SetBodySize(20);
        NS_TEST_EXPECT_MSG_EQ(Build(slarp), ToHex(ToBytes(REPLY)), "no time of before");

        HdlcHeader reused;
        ToPacket(ToBytes(KEEPALIVE_1))->RemoveHeader(reused);
        NS_TEST_EXPECT_MSG_EQ(reused.GetProtocol(), 0x8035, "set-up");
        ToPacket(ToBytes("8f0080"))->RemoveHeader(reused);
        NS_TEST_EXPECT_MSG_EQ(reused.GetProtocol(), 0x0800, "no protocol of before");

        // A new HDLC header is that of an IPv4 packet.
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(HdlcHeader());
        NS_TEST_EXPECT_MSG_EQ(ToHex(packet), "0f000800", "default");
    }
};

/// 4. What comes from the wire may be anything.
class HdlcMalformedTest : public FrameTestCase
{
  public:
    HdlcMalformedTest()
        : FrameTestCase("malformed headers are told apart, consume nothing, and print")
    {
    }

  private:
    /**
     * @brief Read a header, and compare what it says.
     * @tparam T class of the header
     * @param bytes the packet
     * @param error what is wrong with it, none if nothing
     * @param consumed bytes consumed
     */
    template <typename T>
    void Check(const std::vector<uint8_t>& bytes,
               std::optional<DropReason> error,
               uint32_t consumed)
    {
        Ptr<Packet> packet = ToPacket(bytes);
        T header;
        NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header), consumed, ToHex(bytes));
        NS_TEST_EXPECT_MSG_EQ((header.GetError() == error), true, ToHex(bytes));
        NS_TEST_EXPECT_MSG_EQ(ToText(header).empty(), false, "prints whatever it holds");
    }

    void DoRun() override
    {
        // Of all addresses, two are right.
        for (uint32_t address = 0; address < 256; address++)
        {
            const bool good = address == 0x0f || address == 0x8f;
            Check<HdlcHeader>({static_cast<uint8_t>(address), 0, 0x08, 0},
                              good ? std::nullopt : std::make_optional(DropReason::BAD_ADDRESS),
                              good ? 4 : 0);
        }
        // A PPP frame on the line: its address is 0xff.
        Check<HdlcHeader>(ToBytes("ff03c021 0901000c"), DropReason::BAD_ADDRESS, 0);
        // Nobody asks for the control byte, nor for the protocol here.
        Check<HdlcHeader>(ToBytes("8fffffff"), std::nullopt, 4);

        const std::string rest = "00000005 00000002 ffff 0078f0a2 0000";
        Check<SlarpHeader>(ToBytes("00000002" + rest), std::nullopt, 20);
        for (const std::string type : {"00000003", "00000102", "02000000", "ffffffff", "80000000"})
        {
            Check<SlarpHeader>(ToBytes(type + rest), DropReason::UNSUPPORTED_PROTOCOL, 0);
        }
        SlarpHeader unknown;
        Ptr<Packet> packet = ToPacket(ToBytes("00000007" + rest));
        packet->RemoveHeader(unknown);
        NS_TEST_EXPECT_MSG_EQ(ToText(unknown),
                              "type 7 reliability 0xffff uptime 7925922 ms",
                              "prints what it is");
        NS_TEST_EXPECT_MSG_EQ(packet->GetSize(), 20, "it stays in the packet");
        // A good one behind it is not spoiled.
        ToPacket(ToBytes("00000002" + rest))->RemoveHeader(unknown);
        NS_TEST_EXPECT_MSG_EQ(unknown.GetError().has_value(), false, "forgotten");

        // The stream is left as it was.
        std::ostringstream text;
        HdlcHeader().Print(text);
        SlarpHeader().Print(text);
        text.str("");
        text << std::setw(4) << 255;
        NS_TEST_EXPECT_MSG_EQ(text.str(), " 255", "decimal, filled with spaces");

        std::mt19937 rng(1547);
        for (int i = 0; i < 20000; i++)
        {
            std::vector<uint8_t> bytes(rng() % 32);
            for (uint8_t& byte : bytes)
            {
                byte = static_cast<uint8_t>(rng());
            }
            HdlcHeader hdlc;
            SlarpHeader slarp;
            packet = ToPacket(bytes);
            packet->RemoveHeader(hdlc);
            packet = ToPacket(bytes);
            packet->RemoveHeader(slarp);
            NS_TEST_EXPECT_MSG_EQ((ToText(hdlc).empty() || ToText(slarp).empty()), false, "");
        }
    }
};

/// 5. Every truncation.
class HdlcTruncationTest : public FrameTestCase
{
  public:
    HdlcTruncationTest()
        : FrameTestCase("every truncation is refused, or read as the shorter body that it is")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* const hex : {KEEPALIVE_1, KEEPALIVE_2, REQUEST, REPLY})
        {
            const std::vector<uint8_t> whole = ToBytes(hex);
            for (std::size_t size = 0; size <= whole.size(); size++)
            {
                const std::vector<uint8_t> bytes(whole.begin(), whole.begin() + size);
                if (size >= 18)
                {
                    const Frame frame = Check(bytes);
                    NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetBodySize(),
                                          (size == 24 ? 20 : (size >= 22 ? 18 : 14)),
                                          "body in " << size << " bytes");
                    NS_TEST_EXPECT_MSG_EQ(frame.slarp.GetUptime().has_value(), (size >= 22), size);
                    continue;
                }
                Ptr<Packet> packet = ToPacket(bytes);
                HdlcHeader hdlc;
                const uint32_t consumed = packet->RemoveHeader(hdlc);
                NS_TEST_EXPECT_MSG_EQ(consumed, (size < 4 ? 0 : 4), "of " << size << " bytes");
                NS_TEST_EXPECT_MSG_EQ((hdlc.GetError() == DropReason::TRUNCATED),
                                      (size < 4),
                                      "of " << size << " bytes");
                SlarpHeader slarp;
                NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(slarp), 0, "of " << size << " bytes");
                NS_TEST_EXPECT_MSG_EQ((slarp.GetError() == DropReason::TRUNCATED),
                                      true,
                                      "of " << size << " bytes");
                NS_TEST_EXPECT_MSG_EQ(ToText(slarp).empty(), false, "prints");
            }
        }
    }
};

/// 6. Frame check sequences.
class FrameCheckSequenceTest : public TestCase
{
  public:
    FrameCheckSequenceTest()
        : TestCase("frame check sequences are those of RFC 1662")
    {
    }

  private:
    /**
     * @brief Compare the sequence of some bytes, in every way to compute it.
     * @param type which
     * @param bytes the bytes
     * @param expected what to append
     */
    void Check(FcsType type, const std::vector<uint8_t>& bytes, const std::string& expected)
    {
        std::vector<uint8_t> frame(bytes);
        AppendFcs(type, frame);
        NS_TEST_EXPECT_MSG_EQ(ToHex(frame), ToHex(bytes) + expected, "appended");
        NS_TEST_EXPECT_MSG_EQ(frame.size(), bytes.size() + GetFcsSize(type), "size");
        NS_TEST_EXPECT_MSG_EQ(CheckFcs(type, frame.data(), frame.size()), true, "it is good");
        for (std::size_t cut = 0; cut <= frame.size(); cut++)
        {
            FrameCheckSequence pieces(type);
            pieces.Add(frame.data(), cut);
            pieces.Add(frame.data() + cut, frame.size() - cut);
            NS_TEST_EXPECT_MSG_EQ(pieces.IsGood(), true, "in pieces at " << cut);
            if (cut == bytes.size())
            {
                FrameCheckSequence once(type);
                once.Add(frame.data(), cut);
                NS_TEST_EXPECT_MSG_EQ(once.Get(), ComputeFcs(type, bytes.data(), cut), "Get");
            }
        }
        if (type == FCS_NONE)
        {
            return;
        }
        for (std::size_t bit = 0; bit < 8 * frame.size(); bit++)
        {
            frame[bit / 8] ^= 1 << (bit % 8);
            NS_TEST_EXPECT_MSG_EQ(CheckFcs(type, frame.data(), frame.size()),
                                  false,
                                  "bit " << bit << " flipped");
            frame[bit / 8] ^= 1 << (bit % 8);
        }
        for (std::size_t size = 0; size < frame.size(); size++)
        {
            NS_TEST_EXPECT_MSG_EQ(CheckFcs(type, frame.data(), size), false, "cut at " << size);
        }
    }

    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(GetFcsSize(FCS_NONE), 0, "none");
        NS_TEST_EXPECT_MSG_EQ(GetFcsSize(FCS_16), 2, "FCS-16");
        NS_TEST_EXPECT_MSG_EQ(GetFcsSize(FCS_32), 4, "FCS-32");

        // The check values of the CRC catalogue: CRC-16/X-25 and CRC-32 of "123456789".
        const std::vector<uint8_t> digits = ToBytes("313233343536373839");
        NS_TEST_EXPECT_MSG_EQ(ComputeFcs(FCS_16, digits.data(), digits.size()), 0x906e, "FCS-16");
        NS_TEST_EXPECT_MSG_EQ(ComputeFcs(FCS_32, digits.data(), digits.size()),
                              0xcbf43926,
                              "FCS-32");
        NS_TEST_EXPECT_MSG_EQ(ComputeFcs(FCS_NONE, digits.data(), digits.size()), 0, "none");
        Check(FCS_16, digits, "6e90");
        Check(FCS_32, digits, "2639f4cb");
        Check(FCS_NONE, digits, "");

        // reference/protocols-link.md, 2.1: the keepalive captured.
        Check(FCS_16, ToBytes(KEEPALIVE_1), "b238");
        Check(FCS_32, ToBytes(KEEPALIVE_1), "7eb62fd5");
        // ... and 3.2: an LCP echo request of packetlife-PPP.cap and its reply.
        Check(FCS_16, ToBytes("ff03c021090b000c0182effd0082e9d0"), "f408");
        Check(FCS_16, ToBytes("ff03c0210a0b000c0082e9d00082e9d0"), "ba0a");

        // Nothing at all.
        Check(FCS_16, {}, "0000");
        Check(FCS_32, {}, "00000000");
        NS_TEST_EXPECT_MSG_EQ(CheckFcs(FCS_NONE, nullptr, 0), true, "none");
        NS_TEST_EXPECT_MSG_EQ(CheckFcs(FCS_16, nullptr, 0), false, "no room");
    }
};

/// 7. Bits inserted.
class BitStuffingTest : public TestCase
{
  public:
    BitStuffingTest()
        : TestCase("bits inserted, against a sender that goes bit by bit")
    {
    }

  private:
    /**
     * @brief What a sender inserts, straight from RFC 1662 section 5.2.
     * @param bytes what it sends
     * @return bits inserted
     */
    static uint32_t CountOneByOne(const std::vector<uint8_t>& bytes)
    {
        uint32_t inserted = 0;
        uint32_t ones = 0;
        for (std::size_t bit = 0; bit < 8 * bytes.size(); bit++)
        {
            if ((bytes[bit / 8] >> (bit % 8) & 1) == 0)
            {
                ones = 0;
            }
            else if (++ones == 5)
            {
                inserted++;
                ones = 0;
            }
        }
        return inserted;
    }

    void DoRun() override
    {
        struct Case
        {
            const char* hex;
            uint32_t inserted;
        };

        const Case cases[] = {
            {"", 0},
            {"0f", 0},       // four
            {"1f", 1},       // five, at the beginning
            {"f8", 1},       // five, and nothing behind them
            {"7e", 1},       // what must never look like a flag
            {"ff", 1},       // eight
            {"ffff", 3},     // sixteen, across the border
            {"f001", 1},     // four and one: low bit first
            {"0ff0", 0},     // four, a gap of eight, four
            {"8f0f", 1},     // one, then four
            {"ffffffff", 6}, // 32
        };
        for (const Case& test : cases)
        {
            const std::vector<uint8_t> bytes = ToBytes(test.hex);
            NS_TEST_EXPECT_MSG_EQ(CountStuffedBits(bytes.data(), bytes.size()),
                                  test.inserted,
                                  test.hex);
        }
        // reference/protocols-link.md, 2.1: 208 bits with the sequence, 3 inserted.
        std::vector<uint8_t> frame = ToBytes(KEEPALIVE_1);
        AppendFcs(FCS_16, frame);
        NS_TEST_EXPECT_MSG_EQ(8 * frame.size(), 208, "bits");
        NS_TEST_EXPECT_MSG_EQ(CountStuffedBits(frame.data(), frame.size()), 3, "captured frame");

        std::mt19937 rng(1662);
        std::vector<uint8_t> bytes(100000);
        for (uint8_t& byte : bytes)
        {
            byte = static_cast<uint8_t>(rng());
        }
        const uint32_t inserted = CountStuffedBits(bytes.data(), bytes.size());
        NS_TEST_EXPECT_MSG_EQ(inserted, CountOneByOne(bytes), "random bytes");
        NS_TEST_EXPECT_MSG_EQ_TOL(800000.0 / inserted, 62, 1, "one bit in 62");
        for (uint8_t& byte : bytes) // more 1s than 0s
        {
            byte |= static_cast<uint8_t>(rng());
        }
        NS_TEST_EXPECT_MSG_EQ(CountStuffedBits(bytes.data(), bytes.size()),
                              CountOneByOne(bytes),
                              "random bytes");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class HdlcHeaderTestSuite : public TestSuite
{
  public:
    HdlcHeaderTestSuite()
        : TestSuite("keepalive-hdlc-header")
    {
        AddTestCase(new HdlcCaptureTest);
        AddTestCase(new HdlcCaptureFileTest);
        AddTestCase(new HdlcBuildTest);
        AddTestCase(new HdlcMalformedTest);
        AddTestCase(new HdlcTruncationTest);
        AddTestCase(new FrameCheckSequenceTest);
        AddTestCase(new BitStuffingTest);
    }
};

HdlcHeaderTestSuite g_hdlcHeaderTestSuite; //!< registers itself

} // namespace
