/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief PPP on the wire: frame header, control header, options.
 *
 * 1. Captured frames of Cisco IOS decode to what they are and encode to the same bytes; so does
 *    every frame of PacketLife's PPP.cap, where that file is at hand.
 * 2. Address and control left out, and the protocol in one byte, are read and written.
 * 3. Malformed frame headers are told apart, consume nothing and never assert.
 * 4. Malformed control headers likewise; padding is not data.
 * 5. Option lists of every kind, known or not, survive a round trip; malformed ones are refused
 *    whole.
 * 6. Options are read by name, and only if they have the right length.
 */

#include "ns3/packet.h"
#include "ns3/pcap-file.h"
#include "ns3/ppp-control-header.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-options.h"
#include "ns3/test.h"

#include <fstream>
#include <iomanip>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @brief Bytes written as hexadecimal text.
 * @param hex the text, spaces allowed
 * @return the bytes
 */
std::vector<uint8_t>
Bytes(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    std::string pair;
    for (const char digit : hex)
    {
        if (digit != ' ')
        {
            pair += digit;
        }
        if (pair.size() == 2)
        {
            bytes.push_back(static_cast<uint8_t>(std::stoul(pair, nullptr, 16)));
            pair.clear();
        }
    }
    return bytes;
}

/**
 * @brief A packet made of bytes.
 * @param hex the bytes as hexadecimal text
 * @return the packet
 */
Ptr<Packet>
FromHex(const std::string& hex)
{
    const std::vector<uint8_t> bytes = Bytes(hex);
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

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
 * @brief 1. Frames of real routers decode and encode unchanged.
 */
class PppHeaderCaptureTest : public TestCase
{
  public:
    PppHeaderCaptureTest()
        : TestCase("captured frames decode and encode unchanged")
    {
    }

  private:
    /**
     * @brief Take a frame apart and put it together again.
     * @param hex the frame, without flags and FCS
     * @param frame where to put its frame header
     * @return the packet in it
     */
    Ptr<Packet> Check(const std::string& hex, PppFrameHeader& frame)
    {
        Ptr<Packet> packet = FromHex(hex);
        const std::string wire = ToHex(packet);
        packet->RemoveHeader(frame);
        NS_TEST_EXPECT_MSG_EQ(frame.GetError().has_value(), false, hex);
        Ptr<Packet> again = packet->Copy();
        again->AddHeader(frame);
        NS_TEST_EXPECT_MSG_EQ(ToHex(again), wire, "encoded again");
        return packet;
    }

    /**
     * @brief Take an LCP packet apart and put it together again.
     * @param packet the packet, from its code on
     * @param header where to put its header
     * @return its data
     */
    Ptr<Packet> CheckControl(Ptr<Packet> packet, PppControlHeader& header)
    {
        const std::string wire = ToHex(packet);
        packet->RemoveHeader(header);
        NS_TEST_EXPECT_MSG_EQ(header.GetError().has_value(), false, wire);
        Ptr<Packet> again = packet->Copy();
        again->AddHeader(header);
        NS_TEST_EXPECT_MSG_EQ(ToHex(again), wire, "encoded again");
        return packet;
    }

    void DoRun() override
    {
        // Frames 1 to 4 of PacketLife's PPP.cap: Echo-Requests of both routers and their replies.
        struct Case
        {
            const char* hex;
            int code;
            const char* name;
            const char* data;
        };

        const Case cases[] = {
            {"ff03c021 090b000c 0182effd 0082e9d0", 9, "ECHOREQ", "0182effd0082e9d0"},
            {"ff03c021 0a0b000c 0082e9d0 0082e9d0", 10, "ECHOREP", "0082e9d00082e9d0"},
            {"ff03c021 090b000c 0082e9d0 0182effd", 9, "ECHOREQ", "0082e9d00182effd"},
            {"ff03c021 0a0b000c 0182effd 0182effd", 10, "ECHOREP", "0182effd0182effd"},
        };
        for (const Case& one : cases)
        {
            PppFrameHeader frame;
            Ptr<Packet> packet = Check(one.hex, frame);
            NS_TEST_EXPECT_MSG_EQ(frame.GetProtocol(), 0xc021, "LCP");
            NS_TEST_EXPECT_MSG_EQ(frame.HasAddress(), true, "LCP is never compressed");
            NS_TEST_EXPECT_MSG_EQ(frame.IsProtocolCompressed(), false, "LCP is never compressed");
            PppControlHeader header;
            Ptr<Packet> data = CheckControl(packet, header);
            NS_TEST_EXPECT_MSG_EQ(+header.GetCode(), one.code, "code");
            NS_TEST_EXPECT_MSG_EQ(+header.GetIdentifier(), 11, "identifier");
            NS_TEST_EXPECT_MSG_EQ(header.GetLength(), 12, "length");
            NS_TEST_EXPECT_MSG_EQ(header.GetDataSize(), 8, "length of the data");
            NS_TEST_EXPECT_MSG_EQ(ToHex(data), one.data, "magic and data");
            const std::string name = PppControlHeader::GetCodeName(header.GetCode());
            NS_TEST_EXPECT_MSG_EQ(name, one.name, "name on a console");
        }

        CheckFile();
    }

    /// Every frame of the capture file, which is not part of the project, if it lies beside it.
    void CheckFile()
    {
        const std::string here = __FILE__;
        const std::size_t slash = here.rfind('/');
        const std::string path = (slash == std::string::npos ? "." : here.substr(0, slash)) +
                                 "/../../shared/captures/packetlife-PPP.cap";
        if (!std::ifstream(path))
        {
            return;
        }
        PcapFile file;
        file.Open(path, std::ios::in | std::ios::binary);
        NS_TEST_EXPECT_MSG_EQ(file.GetDataLinkType(), 50, "DLT_PPP_SERIAL");
        std::multiset<uint16_t> protocols;
        std::set<std::string> distinct;
        while (true)
        {
            std::vector<uint8_t> bytes(65536);
            uint32_t seconds;
            uint32_t microseconds;
            uint32_t captured;
            uint32_t original;
            uint32_t read;
            file.Read(bytes.data(), 65536, seconds, microseconds, captured, original, read);
            if (file.Eof() || file.Fail())
            {
                break;
            }
            const std::string hex = ToHex(Create<Packet>(bytes.data(), read));
            distinct.insert(hex);
            PppFrameHeader frame;
            Ptr<Packet> packet = Check(hex, frame);
            protocols.insert(frame.GetProtocol());
            if (frame.GetProtocol() == PppFrameHeader::PROTOCOL_LCP)
            {
                PppControlHeader header;
                Ptr<Packet> data = CheckControl(packet, header);
                NS_TEST_EXPECT_MSG_EQ(header.GetDataSize(), data->GetSize(), "no padding");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(distinct.size(), 48, "distinct frames");
        NS_TEST_EXPECT_MSG_EQ(protocols.count(PppFrameHeader::PROTOCOL_LCP), 36, "LCP");
        NS_TEST_EXPECT_MSG_EQ(protocols.count(PppFrameHeader::PROTOCOL_IPV4), 10, "IPv4");
        NS_TEST_EXPECT_MSG_EQ(protocols.count(PppFrameHeader::PROTOCOL_CDP), 4, "CDP");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2, 3. The frame header.
 */
class PppFrameHeaderTest : public TestCase
{
  public:
    PppFrameHeaderTest()
        : TestCase("frame headers, compressed or not, are read and written")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            const char* hex;
            std::optional<DropReason> error;
            int protocol;
            bool address;
            bool compressed;
            uint32_t size;
        };

        const Case cases[] = {
            {"ff030021", std::nullopt, 0x0021, true, false, 4},
            {"ff0321", std::nullopt, 0x0021, true, true, 3},
            {"0021", std::nullopt, 0x0021, false, false, 2},
            {"21", std::nullopt, 0x0021, false, true, 1},
            {"ff03c021", std::nullopt, 0xc021, true, false, 4},
            {"c021", std::nullopt, 0xc021, false, false, 2},
            {"ff038021", std::nullopt, 0x8021, true, false, 4},
            {"ff03c022", std::nullopt, 0xc022, true, false, 4}, // even: unrecognized, not malformed
            {"ff03ff", std::nullopt, 0x00ff, true, true, 3},
            {"00ff", std::nullopt, 0x00ff, false, false, 2},
            {"", DropReason::TRUNCATED, 0, false, false, 0},
            {"ff", DropReason::TRUNCATED, 0, false, false, 0},
            {"ff03", DropReason::TRUNCATED, 0, false, false, 0},
            {"ff03c0", DropReason::TRUNCATED, 0, false, false, 0},
            {"c0", DropReason::TRUNCATED, 0, false, false, 0},
            {"ff13c021", DropReason::BAD_ADDRESS, 0, false, false, 0},
            {"ffffffff", DropReason::BAD_ADDRESS, 0, false, false, 0},
        };
        for (const Case& one : cases)
        {
            for (const uint32_t payload : {0, 3})
            {
                Ptr<Packet> packet = FromHex(one.hex);
                if (!one.error)
                {
                    packet->AddAtEnd(Create<Packet>(payload));
                }
                const std::string wire = ToHex(packet);
                PppFrameHeader frame;
                const uint32_t consumed = packet->RemoveHeader(frame);
                NS_TEST_EXPECT_MSG_EQ((frame.GetError() == one.error), true, one.hex);
                NS_TEST_EXPECT_MSG_EQ(consumed, one.size, one.hex);
                std::ostringstream printed;
                frame.Print(printed);
                NS_TEST_EXPECT_MSG_EQ(printed.str().empty(), false, "prints whatever it holds");
                if (!one.error)
                {
                    NS_TEST_EXPECT_MSG_EQ(frame.GetProtocol(), one.protocol, one.hex);
                    NS_TEST_EXPECT_MSG_EQ(frame.HasAddress(), one.address, one.hex);
                    NS_TEST_EXPECT_MSG_EQ(frame.IsProtocolCompressed(), one.compressed, one.hex);
                    packet->AddHeader(frame);
                    NS_TEST_EXPECT_MSG_EQ(ToHex(packet), wire, "encoded again");
                }
            }
        }

        // Compressed where possible, and never so that it would be read as something else.
        struct Written
        {
            uint16_t protocol;
            bool omit;
            const char* hex;
        };

        const Written written[] = {
            {0x0021, false, "ff0321"},
            {0x0057, true, "57"},
            {0xc021, false, "ff03c021"},
            {0x8021, true, "8021"},
            {0x0020, true, "0020"},
            {0x00ff, true, "00ff"},
            {0x00ff, false, "ff03ff"},
        };
        for (const Written& one : written)
        {
            PppFrameHeader frame;
            frame.SetProtocol(one.protocol);
            frame.OmitAddress(one.omit);
            frame.CompressProtocol(true);
            Ptr<Packet> packet = Create<Packet>();
            packet->AddHeader(frame);
            NS_TEST_EXPECT_MSG_EQ(ToHex(packet), one.hex, "compressed");
            PppFrameHeader read;
            packet->RemoveHeader(read);
            NS_TEST_EXPECT_MSG_EQ(read.GetProtocol(), one.protocol, "read again");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. The control header.
 */
class PppControlHeaderTest : public TestCase
{
  public:
    PppControlHeaderTest()
        : TestCase("control headers are read, and malformed ones told apart")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            const char* hex;
            std::optional<DropReason> error;
            int dataSize;
        };

        const Case cases[] = {
            {"01010004", std::nullopt, 0},
            {"0101000a 0506317722f4", std::nullopt, 6},
            {"0101000a 0506317722f4 0000", std::nullopt, 6}, // padding
            {"ff000004 deadbeef", std::nullopt, 0},
            {"", DropReason::TRUNCATED, 0},
            {"010100", DropReason::TRUNCATED, 0},
            {"01010003", DropReason::BAD_LENGTH, 0},
            {"01010000", DropReason::BAD_LENGTH, 0},
            {"01010005", DropReason::BAD_LENGTH, 0},
            {"0101000a 0506317722", DropReason::BAD_LENGTH, 0},
            {"0101ffff 0506317722f4", DropReason::BAD_LENGTH, 0},
        };
        for (const Case& one : cases)
        {
            Ptr<Packet> packet = FromHex(one.hex);
            const std::string wire = ToHex(packet);
            PppControlHeader header;
            const uint32_t consumed = packet->RemoveHeader(header);
            NS_TEST_EXPECT_MSG_EQ((header.GetError() == one.error), true, one.hex);
            NS_TEST_EXPECT_MSG_EQ(consumed, (one.error ? 0U : 4U), one.hex);
            NS_TEST_EXPECT_MSG_EQ(header.GetDataSize(), one.dataSize, one.hex);
            std::ostringstream printed;
            header.Print(printed);
            NS_TEST_EXPECT_MSG_EQ(printed.str().empty(), false, "prints whatever it holds");
            if (!one.error)
            {
                packet->AddHeader(header);
                NS_TEST_EXPECT_MSG_EQ(ToHex(packet), wire, "encoded again");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(
            ToHex(PppControlHeader::MakePacket(PppControlHeader::TERMINATE_ACK, 7, {1, 2})),
            "060700060102",
            "made from parts");

        std::set<std::string> names;
        for (uint8_t code = 1; code <= 12; code++)
        {
            names.insert(PppControlHeader::GetCodeName(code));
        }
        NS_TEST_EXPECT_MSG_EQ(names.size(), 12, "eleven names, and one for the others");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5, 6. Configuration options.
 */
class PppOptionsTest : public TestCase
{
  public:
    PppOptionsTest()
        : TestCase("options are kept as they are, and read by name")
    {
    }

  private:
    void DoRun() override
    {
        CheckRoundTrips();
        CheckMalformed();
        CheckNames();
        CheckWriting();
    }

    /// Well formed lists.
    void CheckRoundTrips()
    {
        const char* const lists[] = {
            "",
            "0506317722f4",                                 // IOS on a serial line
            "0305c22305 0506d945ad0a",                      // with CHAP, as IOS does
            "010405d4 0206000a0000 0506aabbccdd 0702 0802", // pppd
            "0702 0702 0702",                               // said three times
            "ff02 0005010203 0d0b01fa4d432c8451aabb",       // unknown ones, and type 0
        };
        for (const char* hex : lists)
        {
            const std::vector<uint8_t> bytes = Bytes(hex);
            PppOptions options;
            const std::optional<DropReason> error = options.Parse(bytes.data(), bytes.size());
            NS_TEST_EXPECT_MSG_EQ(error.has_value(), false, hex);
            NS_TEST_EXPECT_MSG_EQ((options.Serialize() == bytes), true, hex);
            NS_TEST_EXPECT_MSG_EQ(options.IsEmpty(), bytes.empty(), hex);
        }
        std::vector<uint8_t> longest(255, 0xa5);
        longest[1] = 255;
        PppOptions options;
        NS_TEST_EXPECT_MSG_EQ(options.Parse(longest.data(), 255).has_value(), false, "longest");
        NS_TEST_EXPECT_MSG_EQ((options.Serialize() == longest), true, "longest");
    }

    /// Malformed lists.
    void CheckMalformed()
    {
        const char* const lists[] = {
            "05",
            "0500",
            "0501",
            "0506317722",
            "0702 08",
            "0702 0506aabbcc",
            "0702 0500 0802",
            "05ff aabbccdd",
        };
        for (const char* hex : lists)
        {
            const std::vector<uint8_t> bytes = Bytes(hex);
            PppOptions options;
            options.Add(PppOptions::MakeOption(PppOptions::LCP_PFC, 0, 0));
            const std::optional<DropReason> error = options.Parse(bytes.data(), bytes.size());
            NS_TEST_EXPECT_MSG_EQ((error == DropReason::BAD_OPTION), true, hex);
            NS_TEST_EXPECT_MSG_EQ(options.IsEmpty(), true, "refused whole");
        }
    }

    /// Reading by name.
    void CheckNames()
    {
        const std::vector<uint8_t> lcp = Bytes("010405d4 0206000a0000 0506aabbccdd 0702 0802");
        PppOptions options;
        NS_TEST_ASSERT_MSG_EQ(options.Parse(lcp.data(), lcp.size()).has_value(), false, "LCP");
        NS_TEST_EXPECT_MSG_EQ(options.GetMru().value_or(0), 1492, "MRU");
        NS_TEST_EXPECT_MSG_EQ(options.GetAccm().value_or(0), 0x000a0000, "ACCM");
        NS_TEST_EXPECT_MSG_EQ(options.GetMagic().value_or(0), 0xaabbccdd, "Magic-Number");
        NS_TEST_EXPECT_MSG_EQ(options.HasPfc(), true, "PFC");
        NS_TEST_EXPECT_MSG_EQ(options.HasAcfc(), true, "ACFC");
        NS_TEST_EXPECT_MSG_EQ(options.GetAll().size(), 5, "five");
        NS_TEST_EXPECT_MSG_EQ((options.Find(PppOptions::LCP_AUTH) == nullptr), true, "none");

        const std::vector<uint8_t> ipcp = Bytes("0306 28010102");
        NS_TEST_ASSERT_MSG_EQ(options.Parse(ipcp.data(), ipcp.size()).has_value(), false, "IPCP");
        NS_TEST_EXPECT_MSG_EQ(options.GetIpAddress().value_or(0), 0x28010102, "40.1.1.2");
        NS_TEST_EXPECT_MSG_EQ(options.GetMagic().has_value(), false, "the list was replaced");
        NS_TEST_EXPECT_MSG_EQ(options.HasPfc(), false, "the list was replaced");

        const std::vector<uint8_t> ipv6cp = Bytes("010a 0123456789abcdef");
        NS_TEST_ASSERT_MSG_EQ(options.Parse(ipv6cp.data(), ipv6cp.size()).has_value(), false, "6");
        NS_TEST_EXPECT_MSG_EQ(options.GetInterfaceIdentifier().value_or(0),
                              0x0123456789abcdef,
                              "Interface-Identifier");
        NS_TEST_EXPECT_MSG_EQ(options.GetMru().has_value(), false, "too long for an MRU");

        const std::vector<uint8_t> wrong = Bytes("0103 05 0205000a00 0507aabbccddee 030528010102");
        NS_TEST_ASSERT_MSG_EQ((options.Parse(wrong.data(), wrong.size()) == DropReason::BAD_OPTION),
                              true,
                              "0x03 0x05 0x28 0x01 0x01 leaves one byte over");
        const std::vector<uint8_t> odd = Bytes("0103 05 0205000a00 0507aabbccddee 0305280101");
        NS_TEST_ASSERT_MSG_EQ(options.Parse(odd.data(), odd.size()).has_value(), false, "lengths");
        NS_TEST_EXPECT_MSG_EQ(options.GetMru().has_value(), false, "1 byte");
        NS_TEST_EXPECT_MSG_EQ(options.GetAccm().has_value(), false, "3 bytes");
        NS_TEST_EXPECT_MSG_EQ(options.GetMagic().has_value(), false, "5 bytes");
        NS_TEST_EXPECT_MSG_EQ(options.GetIpAddress().has_value(), false, "3 bytes");
        NS_TEST_EXPECT_MSG_EQ(options.GetInterfaceIdentifier().has_value(), false, "1 byte");
    }

    /// Making options.
    void CheckWriting()
    {
        PppOptions options;
        options.Add(PppOptions::MakeOption(PppOptions::LCP_MRU, 1492, PppOptions::MRU_SIZE));
        options.Add(PppOptions::MakeOption(PppOptions::LCP_MAGIC, 0xaabbccdd, 4));
        options.Add(PppOptions::MakeOption(PppOptions::LCP_PFC, 0, 0));
        NS_TEST_EXPECT_MSG_EQ((options.Serialize() == Bytes("010405d4 0506aabbccdd 0702")),
                              true,
                              "bytes");
        NS_TEST_EXPECT_MSG_EQ(options.Contains(PppOptions::MakeOption(5, 0xaabbccdd, 4)),
                              true,
                              "contains what was added");
        NS_TEST_EXPECT_MSG_EQ(options.Contains(PppOptions::MakeOption(5, 0xaabbccde, 4)),
                              false,
                              "and only that");
        PppOptions other;
        NS_TEST_EXPECT_MSG_EQ((options == other), false, "differs");
        for (const PppOptions::Option& option : options.GetAll())
        {
            other.Add(option);
        }
        NS_TEST_EXPECT_MSG_EQ((options == other), true, "equal");

        PppOptions::Option huge;
        huge.value.resize(1000);
        PppOptions one;
        one.Add(huge);
        const std::vector<uint8_t> bytes = one.Serialize();
        NS_TEST_EXPECT_MSG_EQ(bytes.size(), 255, "cut to what a length can tell");
        NS_TEST_EXPECT_MSG_EQ(one.Parse(bytes.data(), bytes.size()).has_value(), false, "sound");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class PppHeaderTestSuite : public TestSuite
{
  public:
    PppHeaderTestSuite()
        : TestSuite("keepalive-ppp-header")
    {
        AddTestCase(new PppHeaderCaptureTest);
        AddTestCase(new PppFrameHeaderTest);
        AddTestCase(new PppControlHeaderTest);
        AddTestCase(new PppOptionsTest);
    }
};

PppHeaderTestSuite g_pppHeaderTestSuite; //!< registers itself

} // namespace
