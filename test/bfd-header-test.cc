/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BFD on the wire: bytes that nobody here made up.
 *
 * 1. Packets of real routers, from nDPI's bfd.pcap (frames 1 to 3) and tcpdump's bfd-multihop.pcap
 *    (frame 2), decode to what they are and encode to the same bytes.
 * 2. Every field and every flag stands where RFC 5880 section 4.1 has it.
 * 3. What section 6.8.6 tells to discard without looking at a session is refused, each for its own
 *    reason and in the order of that section, and consumes nothing.
 * 4. Every truncation is refused.
 * 5. An authentication section, and anything else that the Length covers, is kept; what lies behind
 *    the Length is not.
 * 6. A packet prints as what it says.
 */

#include "hex-bytes.h"

#include "ns3/bfd-header.h"
#include "ns3/packet.h"
#include "ns3/test.h"

#include <sstream>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// A packet of 24 bytes with nothing wrong: Down, as the first one of a session.
const std::string GOOD = "20400318 00000001 00000000 000f4240 000f4240 00000000";

/**
 * @ingroup keepalive-tests
 * @brief Bytes as a packet.
 * @param hex the bytes
 * @return the packet
 */
Ptr<Packet>
FromHex(const std::string& hex)
{
    const std::vector<uint8_t> bytes = ToBytes(hex);
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

/**
 * @ingroup keepalive-tests
 * @brief A packet as bytes.
 * @param packet the packet
 * @return the bytes in hexadecimal
 */
std::string
ToHex(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return keepalive::ToHex(bytes);
}

/**
 * @ingroup keepalive-tests
 * @brief A header as bytes.
 * @param header the header
 * @return the bytes in hexadecimal
 */
std::string
ToHex(const BfdHeader& header)
{
    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(header);
    return ToHex(packet);
}

/**
 * @ingroup keepalive-tests
 * @brief Read a header.
 * @param hex the bytes
 * @return the header, perhaps with an error
 */
BfdHeader
Parse(const std::string& hex)
{
    BfdHeader header;
    FromHex(hex)->RemoveHeader(header);
    return header;
}

/**
 * @ingroup keepalive-tests
 * @brief The name of an error.
 * @param header what was read
 * @return its error; "none" if it is well formed
 */
std::string
ErrorOf(const BfdHeader& header)
{
    return header.GetError() ? ToString(*header.GetError()) : "none";
}

/**
 * @ingroup keepalive-tests
 * @brief 1. Packets of real routers.
 */
class BfdHeaderCaptureTest : public TestCase
{
  public:
    BfdHeaderCaptureTest()
        : TestCase("captured packets decode and encode unchanged")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            std::string bytes; // of the UDP payload
            BfdState state;    // that it tells
            uint32_t my;       // My Discriminator
            uint32_t your;     // Your Discriminator
            uint32_t desired;  // Desired Min TX Interval
            uint32_t required; // Required Min RX Interval
            uint32_t echo;     // Required Min Echo RX Interval
        };

        const Row rows[] = {
            {"204003180000000100000000000f4240000f42400007a120",
             BfdState::DOWN,
             1,
             0,
             1000000,
             1000000,
             500000},
            {"208003180000000100000001000f4240000f42400007a120",
             BfdState::INIT,
             1,
             1,
             1000000,
             1000000,
             500000},
            {"20c003180000000100000001000f4240000f42400007a120",
             BfdState::UP,
             1,
             1,
             1000000,
             1000000,
             500000},
            {"20c0031889860b19457f745100061a8000061a8000061a80",
             BfdState::UP,
             0x89860b19,
             0x457f7451,
             400000,
             400000,
             400000},
        };
        for (const Row& row : rows)
        {
            Ptr<Packet> packet = FromHex(row.bytes);
            BfdHeader header;
            NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header), 24, "bytes consumed");
            NS_TEST_EXPECT_MSG_EQ(ErrorOf(header), "none", row.bytes);
            NS_TEST_EXPECT_MSG_EQ((header.GetState() == row.state), true, row.bytes);
            NS_TEST_EXPECT_MSG_EQ((header.GetDiagnostic() == BfdDiagnostic::NONE), true, row.bytes);
            NS_TEST_EXPECT_MSG_EQ(header.GetMyDiscriminator(), row.my, row.bytes);
            NS_TEST_EXPECT_MSG_EQ(header.GetYourDiscriminator(), row.your, row.bytes);
            NS_TEST_EXPECT_MSG_EQ(header.GetDesiredMinTx(), row.desired, row.bytes);
            NS_TEST_EXPECT_MSG_EQ(header.GetRequiredMinRx(), row.required, row.bytes);
            NS_TEST_EXPECT_MSG_EQ(header.GetRequiredMinEchoRx(), row.echo, row.bytes);
            NS_TEST_EXPECT_MSG_EQ(+header.GetDetectMult(), 3, row.bytes);
            NS_TEST_EXPECT_MSG_EQ(ToHex(header), row.bytes, "encoded again");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Where everything is.
 */
class BfdHeaderFieldTest : public TestCase
{
  public:
    BfdHeaderFieldTest()
        : TestCase("every field stands where RFC 5880 section 4.1 has it")
    {
    }

  private:
    void DoRun() override
    {
        BfdHeader header;
        header.SetDiagnostic(static_cast<BfdDiagnostic>(31));
        header.SetState(BfdState::INIT);
        header.SetDetectMult(0xa5);
        header.SetMyDiscriminator(0x01234567);
        header.SetYourDiscriminator(0x89abcdef);
        header.SetDesiredMinTx(0xfedcba98);
        header.SetRequiredMinRx(0x76543210);
        header.SetRequiredMinEchoRx(0x0f1e2d3c);
        NS_TEST_EXPECT_MSG_EQ(ToHex(header),
                              "3f80a518"
                              "0123456789abcdef"
                              "fedcba98765432100f1e2d3c",
                              "all fields");

        const std::pair<BfdHeader::Flag, std::string> flags[] = {
            {BfdHeader::POLL, "a0"},
            {BfdHeader::FINAL, "90"},
            {BfdHeader::CONTROL_PLANE_INDEPENDENT, "88"},
            {BfdHeader::DEMAND, "82"},
        };
        for (const auto& [flag, byte] : flags)
        {
            header.SetFlag(flag);
            NS_TEST_EXPECT_MSG_EQ(ToHex(header).substr(2, 2), byte, "the second byte");
            const BfdHeader again = Parse(ToHex(header));
            for (const auto& other : flags)
            {
                NS_TEST_EXPECT_MSG_EQ(again.HasFlag(other.first), (other.first == flag), byte);
            }
            header.SetFlag(flag, false);
        }

        // All values of the first two bytes that are allowed survive the round trip.
        for (uint32_t first = 0x20; first < 0x40; first++)
        {
            for (uint32_t second = 0; second < 0x100; second++)
            {
                if ((second & (BfdHeader::MULTIPOINT | BfdHeader::AUTHENTICATION_PRESENT)) != 0)
                {
                    continue;
                }
                const std::string hex =
                    keepalive::ToHex({static_cast<uint8_t>(first), static_cast<uint8_t>(second)}) +
                    "03180000000100000000000f4240000f424000000000";
                const BfdHeader read = Parse(hex);
                NS_TEST_ASSERT_MSG_EQ(ToHex(read), hex, "round trip");
                NS_TEST_ASSERT_MSG_EQ(static_cast<uint32_t>(read.GetState()), (second >> 6), hex);
                NS_TEST_ASSERT_MSG_EQ(static_cast<uint32_t>(read.GetDiagnostic()),
                                      (first & 0x1f),
                                      hex);
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. What is discarded.
 */
class BfdHeaderDiscardTest : public TestCase
{
  public:
    BfdHeaderDiscardTest()
        : TestCase("what RFC 5880 section 6.8.6 tells to discard is refused")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            std::string what;  // is wrong
            std::string bytes; // of the packet
            std::string error; // expected
        };

        const std::string rest = " 00000001 00000000 000f4240 000f4240 00000000";
        const Row rows[] = {
            {"nothing", GOOD, "none"},
            {"version 0", "00400318" + rest, "bad-version"},
            {"version 2", "40400318" + rest, "bad-version"},
            {"version 7", "e0400318" + rest, "bad-version"},
            {"Length 23", "20400317" + rest, "bad-length"},
            {"Length 0", "20400300" + rest, "bad-length"},
            {"Length 25 with A", "20440319" + rest + "00", "bad-length"},
            {"Length 26 with A", "2044031a" + rest + "0102", "none"},
            {"Length 24 with A", "20440318" + rest, "bad-length"},
            {"Length 25 of 24", "20400319" + rest, "truncated"},
            {"Length 255 of 24", "204003ff" + rest, "truncated"},
            {"Detect Mult 0", "20400018" + rest, "bad-option"},
            {"Detect Mult 255", "2040ff18" + rest, "none"},
            {"M", "20410318" + rest, "reserved-bits"},
            {"My Discriminator 0",
             "20400318 00000000 00000000 000f4240 000f4240 00000000",
             "bad-discriminator"},
            {"every interval 0", "20400318 00000001 00000000 00000000 00000000 00000000", "none"},
            {"P and F", "20f00318" + rest, "none"},
            {"Up without Your Discriminator, the session's affair", "20c00318" + rest, "none"},
            {"an unknown diagnostic", "3f400318" + rest, "none"},
            {"version before Length", "40400300" + rest, "bad-version"},
            {"Length before Detect Mult", "20400017" + rest, "bad-length"},
            {"Length of the payload before Detect Mult", "204000ff" + rest, "truncated"},
            {"Detect Mult before M", "20410018" + rest, "bad-option"},
            {"M before My Discriminator",
             "20410318 00000000 00000000 000f4240 000f4240 00000000",
             "reserved-bits"},
        };
        for (const Row& row : rows)
        {
            Ptr<Packet> packet = FromHex(row.bytes);
            BfdHeader header;
            const uint32_t consumed = packet->RemoveHeader(header);
            NS_TEST_EXPECT_MSG_EQ(ErrorOf(header), row.error, row.what);
            NS_TEST_EXPECT_MSG_EQ((consumed == 0), (row.error != "none"), row.what);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. Truncations.
 */
class BfdHeaderTruncationTest : public TestCase
{
  public:
    BfdHeaderTruncationTest()
        : TestCase("every truncation is refused")
    {
    }

  private:
    void DoRun() override
    {
        for (const std::string& hex : {GOOD, "2044031a" + GOOD.substr(8) + "0102"})
        {
            const std::vector<uint8_t> bytes = ToBytes(hex);
            for (std::size_t size = 0; size < bytes.size(); size++)
            {
                Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(size));
                BfdHeader header;
                NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header), 0, size << " bytes");
                NS_TEST_EXPECT_MSG_EQ(ErrorOf(header), "truncated", size << " bytes");
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. What follows the 24 bytes.
 */
class BfdHeaderAuthenticationTest : public TestCase
{
  public:
    BfdHeaderAuthenticationTest()
        : TestCase("an authentication section is kept as it is")
    {
    }

  private:
    void DoRun() override
    {
        // Simple Password (RFC 5880 section 4.2): type 1, length 9, key 1, "secret".
        const std::string section = "010901736563726574";
        BfdHeader header;
        header.SetMyDiscriminator(1);
        header.SetAuthentication(ToBytes(section));
        NS_TEST_EXPECT_MSG_EQ(header.GetSerializedSize(), 33, "24 bytes and 9");
        NS_TEST_EXPECT_MSG_EQ(ToHex(header).substr(0, 8), "20440321", "A and Length");

        Ptr<Packet> packet = FromHex(ToHex(header) + "beef");
        BfdHeader read;
        NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(read), 33, "bytes consumed");
        NS_TEST_EXPECT_MSG_EQ(ToHex(packet), "beef", "what lies behind the Length stays");
        NS_TEST_EXPECT_MSG_EQ(read.HasFlag(BfdHeader::AUTHENTICATION_PRESENT), true, "A");
        NS_TEST_EXPECT_MSG_EQ(keepalive::ToHex(read.GetAuthentication()), section, "section");
        NS_TEST_EXPECT_MSG_EQ(ToHex(read), ToHex(header), "encoded again");

        read.SetAuthentication({});
        NS_TEST_EXPECT_MSG_EQ(read.HasFlag(BfdHeader::AUTHENTICATION_PRESENT), false, "no A");
        NS_TEST_EXPECT_MSG_EQ(ToHex(read).substr(0, 8), "20400318", "neither A nor section");

        const std::string longer = ToHex(Parse(GOOD)).replace(6, 2, "1a") + "abcd";
        NS_TEST_EXPECT_MSG_EQ(ToHex(Parse(longer)), longer, "Length 26 without A");

        header.SetAuthentication(std::vector<uint8_t>(1000, 7));
        NS_TEST_EXPECT_MSG_EQ(header.GetSerializedSize(), 255, "Length is one byte");
        NS_TEST_EXPECT_MSG_EQ(ErrorOf(Parse(ToHex(header))), "none", "the longest packet");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Printing.
 */
class BfdHeaderPrintTest : public TestCase
{
  public:
    BfdHeaderPrintTest()
        : TestCase("a packet prints as what it says")
    {
    }

  private:
    void DoRun() override
    {
        std::ostringstream text;
        Parse("21ea0518 00000007 00000009 000493e0 0007a120 00000000").Print(text);
        NS_TEST_EXPECT_MSG_EQ(text.str(),
                              "state Up (Control Detection Time Expired) flags P.C.D. mult 5 "
                              "my 7 your 9 tx 300000us rx 500000us echo 0us",
                              "text");
        std::ostringstream other;
        Parse(GOOD).Print(other);
        NS_TEST_EXPECT_MSG_EQ(other.str().substr(0, 24), "state Down flags ...... ", "text");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(static_cast<BfdDiagnostic>(9))),
                              "Reserved",
                              "an unknown diagnostic");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BfdHeaderTestSuite : public TestSuite
{
  public:
    BfdHeaderTestSuite()
        : TestSuite("keepalive-bfd-header")
    {
        AddTestCase(new BfdHeaderCaptureTest);
        AddTestCase(new BfdHeaderFieldTest);
        AddTestCase(new BfdHeaderDiscardTest);
        AddTestCase(new BfdHeaderTruncationTest);
        AddTestCase(new BfdHeaderAuthenticationTest);
        AddTestCase(new BfdHeaderPrintTest);
    }
};

BfdHeaderTestSuite g_bfdHeaderTestSuite; //!< registers the suite

} // namespace
