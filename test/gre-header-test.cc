/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief GRE on the wire: bytes that nobody here made up.
 *
 * 1. Every combination of checksum, key and sequence number survives a round trip, and takes the
 *    size that RFC 2784 and 2890 say.
 * 2. The real keepalive frames of Cisco IOS in tcpdump's tests/various_gre.pcap (frames 11 and 12)
 *    decode to what they are and encode to the same bytes.
 * 3. The keepalive of A and its return by B equal the frames constructed from the standards, byte
 *    for byte: plain, with key, with checksum, with both.
 * 4. Malformed headers are told apart, consume nothing and never assert.
 * 5. Reserved bits that must be ignored are ignored.
 * 6. Every truncation of a good header is refused.
 */

#include "gre-test-network.h"

#include "ns3/gre-header.h"
#include "ns3/ipv4-header.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <sstream>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief 1. Round trip of every combination of options.
 */
class GreHeaderRoundTripTest : public TestCase
{
  public:
    GreHeaderRoundTripTest()
        : TestCase("every combination of options survives a round trip")
    {
    }

  private:
    void DoRun() override
    {
        for (uint32_t combination = 0; combination < 8; combination++)
        {
            GreHeader sent;
            sent.SetProtocol(0x6558);
            uint32_t size = 4;
            if (combination & 1)
            {
                sent.EnableChecksum();
                size += 4;
            }
            if (combination & 2)
            {
                sent.SetKey(0xfedcba98);
                size += 4;
            }
            if (combination & 4)
            {
                sent.SetSequenceNumber(0xffffffff);
                size += 4;
            }
            for (const uint32_t payload : {0, 1, 2, 1001})
            {
                Ptr<Packet> packet = Create<Packet>(payload);
                packet->AddHeader(sent);
                NS_TEST_EXPECT_MSG_EQ(packet->GetSize(), payload + size, "size on the wire");
                const std::string wire = ToHex(packet);

                GreHeader received;
                NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(received), size, "bytes consumed");
                NS_TEST_EXPECT_MSG_EQ(received.GetError().has_value(), false, "well formed");
                NS_TEST_EXPECT_MSG_EQ(received.GetProtocol(), 0x6558, "protocol");
                NS_TEST_EXPECT_MSG_EQ(received.HasChecksum(), sent.HasChecksum(), "C");
                NS_TEST_EXPECT_MSG_EQ((received.GetKey() == sent.GetKey()), true, "K");
                NS_TEST_EXPECT_MSG_EQ((received.GetSequenceNumber() == sent.GetSequenceNumber()),
                                      true,
                                      "S");
                packet->AddHeader(received);
                NS_TEST_EXPECT_MSG_EQ(ToHex(packet), wire, "encoded again");
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Frames of real routers decode and encode unchanged.
 */
class GreHeaderCaptureTest : public TestCase
{
  public:
    GreHeaderCaptureTest()
        : TestCase("captured Cisco keepalives decode and encode unchanged")
    {
    }

  private:
    /**
     * @brief Take a packet apart and put it together again.
     * @param hex the packet, from its IP header on
     * @param protocol expected GRE protocol
     * @param ttl expected TTL
     * @return what follows the GRE header
     */
    Ptr<Packet> Check(const std::string& hex, uint16_t protocol, uint8_t ttl)
    {
        Ptr<Packet> packet = FromHex(hex);
        Ipv4Header ip;
        ip.EnableChecksum();
        packet->RemoveHeader(ip);
        NS_TEST_EXPECT_MSG_EQ(ip.IsChecksumOk(), true, "IP checksum");
        NS_TEST_EXPECT_MSG_EQ(+ip.GetProtocol(), 47, "IP protocol");
        NS_TEST_EXPECT_MSG_EQ(+ip.GetTtl(), +ttl, "TTL");
        NS_TEST_EXPECT_MSG_EQ(+ip.GetTos(), 0xc0, "TOS is CS6");

        GreHeader gre;
        packet->RemoveHeader(gre);
        NS_TEST_EXPECT_MSG_EQ(gre.GetError().has_value(), false, "well formed");
        NS_TEST_EXPECT_MSG_EQ(gre.GetProtocol(), protocol, "protocol");
        NS_TEST_EXPECT_MSG_EQ(gre.GetKey().value_or(0), 0x28, "key");
        NS_TEST_EXPECT_MSG_EQ(gre.HasChecksum(), false, "no checksum");
        NS_TEST_EXPECT_MSG_EQ(gre.GetSequenceNumber().has_value(), false, "no sequence number");

        Ptr<Packet> again = packet->Copy();
        again->AddHeader(gre);
        again->AddHeader(ip);
        NS_TEST_EXPECT_MSG_EQ(ToHex(again), ToHex(FromHex(hex)), "encoded again");
        return packet;
    }

    void DoRun() override
    {
        // Frame 11, behind its Ethernet and 802.1Q headers: the request, with TrustSec's 8 bytes
        // (protocol 0x8909) before the inner packet.
        Ptr<Packet> inner = Check("45c0004000a40000ff2f24c60aac40070aac4006 2000890900000028"
                                  "0800010100010000 45c0001c00a30000ff2f24eb0aac40060aac4007"
                                  "2000000000000028",
                                  0x8909,
                                  255);
        NS_TEST_EXPECT_MSG_EQ(ToHex(inner).substr(0, 16), "0800010100010000", "TrustSec tag");
        Ptr<Packet> empty = Check(ToHex(inner, 8), GreHeader::PROTOCOL_KEEPALIVE, 255);
        NS_TEST_EXPECT_MSG_EQ(empty->GetSize(), 0, "a keepalive has no payload");

        // Frame 12: its return.
        empty = Check("45c0001c00a30000fe2f25eb0aac40060aac4007 2000000000000028",
                      GreHeader::PROTOCOL_KEEPALIVE,
                      254);
        NS_TEST_EXPECT_MSG_EQ(empty->GetSize(), 0, "a keepalive has no payload");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. The keepalive of the seed's addresses and its return, as they stand in the standards.
 */
class GreKeepaliveBytesTest : public TestCase
{
  public:
    /**
     * @brief One variant.
     * @param name what it is called
     * @param key key of the tunnel
     * @param checksum whether it has checksums
     * @param request expected bytes from A to B
     * @param returned expected bytes from B to A
     */
    GreKeepaliveBytesTest(const std::string& name,
                          std::optional<uint32_t> key,
                          bool checksum,
                          const std::string& request,
                          const std::string& returned)
        : TestCase("keepalive and return equal the reference bytes: " + name),
          m_key(key),
          m_checksum(checksum),
          m_request(request),
          m_returned(returned)
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options;
        options.intervalA = Seconds(5);
        options.key = m_key;
        options.checksum = m_checksum;
        GreTestNetwork network(options);
        Simulator::Stop(Seconds(1));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.frames.size(), 2, "one keepalive and its return");
        NS_TEST_EXPECT_MSG_EQ(ToHex(network.frames[0].packet), ToHex(FromHex(m_request)), "A to B");
        NS_TEST_EXPECT_MSG_EQ(ToHex(network.frames[1].packet),
                              ToHex(FromHex(m_returned)),
                              "B to A");
        NS_TEST_EXPECT_MSG_EQ(network.a->GetKeepaliveCount(), 0, "it was recognised");
    }

    std::optional<uint32_t> m_key; //!< key of the tunnel
    bool m_checksum;               //!< whether it has checksums
    std::string m_request;         //!< expected bytes from A to B
    std::string m_returned;        //!< expected bytes from B to A
};

/**
 * @ingroup keepalive-tests
 * @brief 4, 5, 6. What comes from the wire may be anything.
 */
class GreHeaderMalformedTest : public TestCase
{
  public:
    GreHeaderMalformedTest()
        : TestCase("malformed headers are told apart and never assert")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            const char* what;
            const char* hex;
            std::optional<DropReason> error;
        };

        const Case cases[] = {
            {"empty", "", DropReason::TRUNCATED},
            {"three bytes", "000008", DropReason::TRUNCATED},
            {"version 1 (PPTP)", "2001880b 00040001", DropReason::BAD_VERSION},
            {"version 7", "00070800", DropReason::BAD_VERSION},
            {"routing (RFC 1701)", "40000800 00000000", DropReason::RESERVED_BITS},
            {"strict source route", "08000800", DropReason::RESERVED_BITS},
            {"recursion control", "04000800", DropReason::RESERVED_BITS},
            {"key announced, none there", "20000800 000000", DropReason::TRUNCATED},
            {"checksum announced, none there", "80000800", DropReason::TRUNCATED},
            {"all options, one byte short",
             "b0000800 00000000 00000001 000002",
             DropReason::TRUNCATED},
            {"wrong checksum", "80000000 7ffe0000", DropReason::BAD_CHECKSUM},
            {"right checksum", "80000000 7fff0000", std::nullopt},
            {"bits 6 to 12 must be ignored", "03f80800", std::nullopt},
            {"no payload at all", "00000000", std::nullopt},
        };
        for (const auto& test : cases)
        {
            Ptr<Packet> packet = FromHex(test.hex);
            GreHeader gre;
            const uint32_t consumed = packet->RemoveHeader(gre);
            NS_TEST_EXPECT_MSG_EQ((gre.GetError() == test.error), true, test.what);
            NS_TEST_EXPECT_MSG_EQ((consumed == 0), test.error.has_value(), test.what);
            std::ostringstream printed;
            gre.Print(printed);
            NS_TEST_EXPECT_MSG_EQ(printed.str().empty(), false, "prints whatever it holds");
        }

        const std::string good = "b000080057d7000000000028000000ff";
        for (std::size_t size = 0; size < good.size(); size += 2)
        {
            Ptr<Packet> packet = FromHex(good.substr(0, size));
            GreHeader gre;
            packet->RemoveHeader(gre);
            NS_TEST_EXPECT_MSG_EQ((gre.GetError() == DropReason::TRUNCATED),
                                  true,
                                  "truncated to " << size / 2 << " bytes");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class GreHeaderTestSuite : public TestSuite
{
  public:
    GreHeaderTestSuite()
        : TestSuite("keepalive-gre-header")
    {
        AddTestCase(new GreHeaderRoundTripTest);
        AddTestCase(new GreHeaderCaptureTest);
        // Constructed from RFC 791, 2784 and 2890 with the field values of captured IOS frames, and
        // dissected clean by tshark.
        AddTestCase(
            new GreKeepaliveBytesTest("plain",
                                      std::nullopt,
                                      false,
                                      "45c00030 00020000 ff2fa8ba 80080808 81090909 00000800"
                                      "45c00018 00010000 ff2fa8d3 81090909 80080808 00000000",
                                      "45c00018 00010000 fe2fa9d3 81090909 80080808 00000000"));
        AddTestCase(new GreKeepaliveBytesTest(
            "key",
            40,
            false,
            "45c00038 00020000 ff2fa8b2 80080808 81090909 20000800 00000028"
            "45c0001c 00010000 ff2fa8cf 81090909 80080808 20000000 00000028",
            "45c0001c 00010000 fe2fa9cf 81090909 80080808 20000000 00000028"));
        AddTestCase(new GreKeepaliveBytesTest(
            "checksum",
            std::nullopt,
            true,
            "45c00038 00020000 ff2fa8b2 80080808 81090909 80000800 77ff0000"
            "45c0001c 00010000 ff2fa8cf 81090909 80080808 80000000 7fff0000",
            "45c0001c 00010000 fe2fa9cf 81090909 80080808 80000000 7fff0000"));
        AddTestCase(new GreKeepaliveBytesTest(
            "key and checksum",
            40,
            true,
            "45c00040 00020000 ff2fa8aa 80080808 81090909 a0000800 57d70000 00000028"
            "45c00020 00010000 ff2fa8cb 81090909 80080808 a0000000 5fd70000 00000028",
            "45c00020 00010000 fe2fa9cb 81090909 80080808 a0000000 5fd70000 00000028"));
        AddTestCase(new GreHeaderMalformedTest);
    }
};

GreHeaderTestSuite g_greHeaderTestSuite; //!< registers itself

} // namespace
