/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief IKE and ESP on the wire: bytes that nobody here made up.
 *
 * 1. Captured messages decode to what they say, header and payloads, and encode unchanged.
 * 2. A captured ESP packet does.
 * 3. An R-U-THERE and its ACK in the clear are those of the synthetic capture, octet for octet.
 * 4. Messages have the sizes of real cipher suites, and come back as what was sent.
 * 5. Messages that set up an SA have the sizes of captured ones, and name RFC 3706.
 * 6. Headers that cannot be are refused, with the reason.
 * 7. Payload chains that cannot be are refused.
 * 8. Messages that say something else are refused, with the reason.
 * 9. Headers print what they say.
 */

#include "hex-bytes.h"

#include "ns3/dpd-message.h"
#include "ns3/esp-header.h"
#include "ns3/ike-cipher-suite.h"
#include "ns3/ike-header.h"
#include "ns3/ike-notify.h"
#include "ns3/ike-payload.h"
#include "ns3/packet.h"
#include "ns3/test.h"

#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Bytes = std::vector<uint8_t>;
using Kind = DpdMessage::Kind;

/// synthetic-ikev1-dpd-cleartext.pcap, frames 1 and 2: R-U-THERE and ACK in the clear.
const std::string CLEAR_REQUEST = "01020304050607081112131415161718081005009a8b7c6d00000054"
                                  "0b000018 0000000000000000000000000000000000000000"
                                  "00000020 00000001 0110 8d28 0102030405060708 1112131415161718"
                                  "1a2b3c4d";
const std::string CLEAR_REPLY = "01020304050607081112131415161718081005009a8b7c6d00000054"
                                "0b000018 0000000000000000000000000000000000000000"
                                "00000020 00000001 0110 8d29 0102030405060708 1112131415161718"
                                "1a2b3c4d";
/// strongswan-dpd-ikev1.pcap, frames 7 and 8: R-U-THERE and ACK, AES and SHA-256.
const std::string SWAN1_REQUEST =
    "51658c7a7821046c9826311ee196196508100501efc37c5e0000006c82fcd60ca2200e3785bfa627581e6436f53f8f"
    "4a3d250438c70ff903f12526d4506de97bc7229cba4647dc29bae3742a47df2d350fb2451f3200bfd3648e0db4a3bb"
    "30449da434e4cd472caafa894972";
const std::string SWAN1_REPLY =
    "51658c7a7821046c9826311ee196196508100501d94fdec50000006cffba062997dc55cb4e17d9925a5290a8c85e30"
    "a9811973c2fe618c07bd98b248ee0df36cd0ec31d9d139c07c519106c66a972a397adbdaa9de0e75023140a38f5e74"
    "b6f185f774c29fa1b4b9cf4bfa43";
/// strongswan-dpd-ikev2-default.pcap, frames 5 and 6, without marker: AES-CBC and SHA-256-128.
const std::string SWAN2_REQUEST =
    "f3e70ad4a6a73cbcb929faeee0ad6f502e202508000000020000005000000034ec7236da1de1daa8c73b1f1cb4c278"
    "a1f6cf633e121cd28b9728b81156f25f5f7a5756ad06af3b341d8b525a26a2c3eb";
const std::string SWAN2_REPLY =
    "f3e70ad4a6a73cbcb929faeee0ad6f502e202520000000020000005000000034fe644f2820634e698254eb50e0d560"
    "5a6502a524193ad7dea5260927590c81f1e0320381239126bf4514c1e6b0d790f0";
/// arkime-IKEv2.pcap, frame 72: liveness, AES-CBC and SHA-512-256.
const std::string ARKIME_REQUEST =
    "e5bc67550fd4d3eab51cdb5af0efa3ac2e2025080000000400000060000000448beab1bc35efbed850e1b43822934c"
    "b8a3ea6278bf2320018df9d88f71b2e1a09d858e52222890ac3f01c679240a24480d4202618ab04bbbfb3edcaca98e"
    "b7b4";
/// isakmp4500.pcap, frames 35 and 11, without marker: Informational and Quick Mode.
const std::string PLUTO_INFORMATIONAL =
    "9e89f2388f90bc1e0a74357ce3d1a4bf0810050102bdc64f0000004cffd3cf9123c7c8a768f1921f6a490ce680ef9c"
    "1bd48746423f4e6a28af75f0af1a87041390471d9e7fd119aff96e02e7";
const std::string PLUTO_QUICK = "9e89f2388f90bc1e0a74357ce3d1a4bf081020018b7e894700000034253b31860e"
                                "68ec8415a4735ab3f8725a3de7aa093924a402";
/// ikev2four.pcap, frames 10 and 21: CREATE_CHILD_SA response; INFORMATIONAL with a Delete in it.
const std::string FOUR_CHILD = "a88875a8198992a671be8358efae76632e202420000000030000004c2900003038f"
                               "60ab69110967961ae04af4e47a770260d61e29d18fb13ce093a47970068dacb342f"
                               "7999cc3d0d59f77a94";
const std::string FOUR_DELETE = "1d9be9451d4f97a864a2a4b5d0e17b6a2e202508000000000000005c2a00004069"
                                "1b48829b6c5d6dd93fa8e33c38dd4c00f5434dc22b4251c0876f0bdb5dbba3dd06"
                                "283907559a272f07ec7709b9d596a24cd8fe69b82a1f65dbf6f2";
/// isakmp4500.pcap, frame 12: the first 40 octets of ESP.
const std::string PLUTO_ESP =
    "f4dc0ae500000001fce409c451378fdd9a2e17a86f473e3ee279b8a1493e02fa16c88a13e86d8ffc";

/**
 * @brief A packet of these bytes.
 * @param bytes the bytes
 * @return the packet
 */
Ptr<Packet>
ToPacket(const Bytes& bytes)
{
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

/**
 * @brief The bytes of a packet.
 * @param packet the packet
 * @return the bytes
 */
Bytes
FromPacket(Ptr<const Packet> packet)
{
    Bytes bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return bytes;
}

/**
 * @brief Read a message as an agent does.
 * @param bytes ISAKMP header and payloads
 * @param suite the cipher suite
 * @param ikeVersion 1 or 2
 * @return the message, or why it is none
 */
DpdMessage::Result
ReadMessage(const Bytes& bytes, const std::string& suite, uint8_t ikeVersion)
{
    Ptr<Packet> packet = ToPacket(bytes);
    IkeHeader header;
    packet->RemoveHeader(header);
    if (header.GetError())
    {
        return {DpdMessage(), header.GetError()};
    }
    return DpdMessage::Read(header, FromPacket(packet), *IkeCipherSuite::Find(suite, ikeVersion));
}

/// Behaviour 1.
class CaptureTestCase : public TestCase
{
  public:
    CaptureTestCase()
        : TestCase("Captured messages decode to what they say and encode unchanged")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            const std::string& hex;
            uint64_t initiator;
            uint64_t responder;
            uint8_t next;
            uint8_t version;
            uint8_t exchange;
            uint8_t flags;
            uint32_t id;
            uint32_t length;
        } rows[] = {
            {CLEAR_REQUEST, 0x0102030405060708, 0x1112131415161718, 8, 0x10, 5, 0, 0x9a8b7c6d, 84},
            {CLEAR_REPLY, 0x0102030405060708, 0x1112131415161718, 8, 0x10, 5, 0, 0x9a8b7c6d, 84},
            {SWAN1_REQUEST, 0x51658c7a7821046c, 0x9826311ee1961965, 8, 0x10, 5, 1, 0xefc37c5e, 108},
            {SWAN1_REPLY, 0x51658c7a7821046c, 0x9826311ee1961965, 8, 0x10, 5, 1, 0xd94fdec5, 108},
            {SWAN2_REQUEST, 0xf3e70ad4a6a73cbc, 0xb929faeee0ad6f50, 46, 0x20, 37, 8, 2, 80},
            {SWAN2_REPLY, 0xf3e70ad4a6a73cbc, 0xb929faeee0ad6f50, 46, 0x20, 37, 0x20, 2, 80},
            {ARKIME_REQUEST, 0xe5bc67550fd4d3ea, 0xb51cdb5af0efa3ac, 46, 0x20, 37, 8, 4, 96},
            {PLUTO_INFORMATIONAL,
             0x9e89f2388f90bc1e,
             0x0a74357ce3d1a4bf,
             8,
             0x10,
             5,
             1,
             0x02bdc64f,
             76},
            {PLUTO_QUICK, 0x9e89f2388f90bc1e, 0x0a74357ce3d1a4bf, 8, 0x10, 32, 1, 0x8b7e8947, 52},
            {FOUR_CHILD, 0xa88875a8198992a6, 0x71be8358efae7663, 46, 0x20, 36, 0x20, 3, 76},
            {FOUR_DELETE, 0x1d9be9451d4f97a8, 0x64a2a4b5d0e17b6a, 46, 0x20, 37, 8, 0, 92},
        };

        for (const auto& row : rows)
        {
            const Bytes bytes = ToBytes(row.hex);
            Ptr<Packet> packet = ToPacket(bytes);
            IkeHeader header;
            NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header), 28, row.hex);
            NS_TEST_EXPECT_MSG_EQ(header.GetError().has_value(), false, row.hex);
            NS_TEST_EXPECT_MSG_EQ(header.GetInitiatorCookie(), row.initiator, row.hex);
            NS_TEST_EXPECT_MSG_EQ(header.GetResponderCookie(), row.responder, row.hex);
            NS_TEST_EXPECT_MSG_EQ(+header.GetNextPayload(), +row.next, row.hex);
            NS_TEST_EXPECT_MSG_EQ(+header.GetVersion(), +row.version, row.hex);
            NS_TEST_EXPECT_MSG_EQ(+header.GetExchange(), +row.exchange, row.hex);
            NS_TEST_EXPECT_MSG_EQ(+header.GetFlags(), +row.flags, row.hex);
            NS_TEST_EXPECT_MSG_EQ(header.GetMessageId(), row.id, row.hex);
            NS_TEST_EXPECT_MSG_EQ(header.GetLength(), row.length, row.hex);
            Bytes body = FromPacket(packet);
            // What is encrypted is one opaque piece in IKEv1, one payload in IKEv2.
            if ((row.flags & IkeHeader::FLAG_ENCRYPTED) == 0)
            {
                const auto chain = IkePayload::Read(row.next, body);
                NS_TEST_ASSERT_MSG_EQ(chain.has_value(), true, row.hex);
                NS_TEST_EXPECT_MSG_EQ(chain->rest.size(), 0, row.hex);
                body = IkePayload::Write(*chain);
            }
            Ptr<Packet> again = ToPacket(body);
            again->AddHeader(header);
            NS_TEST_EXPECT_MSG_EQ(ToHex(FromPacket(again)), ToHex(bytes), "encodes unchanged");
        }
        const Bytes four = ToBytes(FOUR_DELETE);
        const auto chain = IkePayload::Read(46, Bytes(four.begin() + 28, four.end()));
        NS_TEST_EXPECT_MSG_EQ(+chain->last, 42, "a Delete is inside");
        NS_TEST_EXPECT_MSG_EQ(chain->payloads.size(), 1, "and one payload outside");
    }
};

/// Behaviour 2.
class EspTestCase : public TestCase
{
  public:
    EspTestCase()
        : TestCase("A captured ESP packet")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<Packet> packet = ToPacket(ToBytes(PLUTO_ESP));
        EspHeader header;
        NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header), 8, "8 octets");
        NS_TEST_EXPECT_MSG_EQ(header.GetSpi(), 0xf4dc0ae5, "SPI");
        NS_TEST_EXPECT_MSG_EQ(header.GetSequenceNumber(), 1, "the first packet");
        packet->AddHeader(header);
        NS_TEST_EXPECT_MSG_EQ(ToHex(FromPacket(packet)), PLUTO_ESP, "encodes unchanged");
        std::ostringstream printed;
        header.Print(printed);
        NS_TEST_EXPECT_MSG_EQ(printed.str(), "spi 4108061413 sequence 1", "prints");
        for (uint32_t size = 0; size < 8; size++)
        {
            EspHeader none;
            NS_TEST_EXPECT_MSG_EQ(Create<Packet>(size)->PeekHeader(none), 0, "too short");
        }
    }
};

/// Behaviour 3.
class ClearTestCase : public TestCase
{
  public:
    ClearTestCase()
        : TestCase("R-U-THERE and ACK in the clear")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool ack : {false, true})
        {
            const Bytes captured = ToBytes(ack ? CLEAR_REPLY : CLEAR_REQUEST);
            const DpdMessage::Result result = ReadMessage(captured, "none", 1);
            NS_TEST_ASSERT_MSG_EQ(result.error.has_value(), false, "can be read");
            const DpdMessage& message = result.message;
            NS_TEST_EXPECT_MSG_EQ((message.kind == (ack ? Kind::REPLY : Kind::REQUEST)),
                                  true,
                                  "kind");
            NS_TEST_EXPECT_MSG_EQ(message.sequence, 0x1a2b3c4d, "sequence number");
            NS_TEST_EXPECT_MSG_EQ(message.GetNumber(), 0x1a2b3c4d, "which is its number");
            NS_TEST_EXPECT_MSG_EQ(message.messageId, 0x9a8b7c6d, "message ID");

            DpdMessage made;
            made.kind = ack ? Kind::REPLY : Kind::REQUEST;
            made.initiatorCookie = 0x0102030405060708;
            made.responderCookie = 0x1112131415161718;
            made.messageId = 0x9a8b7c6d;
            made.sequence = 0x1a2b3c4d;
            const Bytes bytes = FromPacket(made.Write(*IkeCipherSuite::Find("none", 1)));
            NS_TEST_EXPECT_MSG_EQ(ToHex(bytes), ToHex(captured), "octet for octet");
        }
    }
};

/// Behaviour 4.
class SizeTestCase : public TestCase
{
  public:
    SizeTestCase()
        : TestCase("Messages have the sizes of real cipher suites")
    {
    }

  private:
    void DoRun() override
    {
        // protocols-session.md 3.1 and 3.3. Seen in captures: aes-sha256 and aes-cbc-sha256-128 of
        // strongSwan, aes-cbc-sha512-256 of arkime-IKEv2.pcap.
        const std::map<std::string, uint32_t> sizes[] = {
            {{"none", 84},
             {"3des-md5", 84},
             {"3des-sha1", 84},
             {"aes-md5", 92},
             {"aes-sha1", 92},
             {"aes-sha256", 108}},
            {{"none", 28},
             {"aes-cbc-sha1-96", 76},
             {"aes-cbc-sha256-128", 80},
             {"aes-cbc-sha512-256", 96},
             {"aes-gcm-16", 57}},
        };
        for (uint8_t version = 1; version <= 2; version++)
        {
            const auto& expected = sizes[version - 1];
            NS_TEST_EXPECT_MSG_EQ(IkeCipherSuite::GetNames(version).size(),
                                  expected.size(),
                                  "all suites are here");
            for (const auto& [name, size] : expected)
            {
                const IkeCipherSuite* suite = IkeCipherSuite::Find(name, version);
                NS_TEST_ASSERT_MSG_EQ((suite != nullptr), true, name);
                for (const Kind kind : {Kind::REQUEST, Kind::REPLY})
                {
                    CheckMessage(*suite, kind, size);
                }
            }
        }
        NS_TEST_EXPECT_MSG_EQ((IkeCipherSuite::Find("aes-sha1", 2) == nullptr),
                              true,
                              "a suite of the other version");
        NS_TEST_EXPECT_MSG_EQ(ToBytes(SWAN1_REQUEST).size(), 108, "strongSwan, IKEv1");
        NS_TEST_EXPECT_MSG_EQ(ToBytes(SWAN2_REQUEST).size(), 80, "strongSwan, IKEv2");
        NS_TEST_EXPECT_MSG_EQ(ToBytes(ARKIME_REQUEST).size(), 96, "arkime");
        // Content of any size comes back.
        for (const std::string& name : IkeCipherSuite::GetNames(2))
        {
            const IkeCipherSuite* suite = IkeCipherSuite::Find(name, 2);
            for (std::size_t size = 0; size < 40; size++)
            {
                const Bytes content(size, 0x5a);
                const auto opened = suite->Open(suite->Seal(content));
                NS_TEST_EXPECT_MSG_EQ((opened && *opened == content), true, name << " " << size);
            }
        }
    }

    /**
     * @brief Write and read a message.
     * @param suite the suite
     * @param kind the kind
     * @param size octets that it must have
     */
    void CheckMessage(const IkeCipherSuite& suite, Kind kind, uint32_t size)
    {
        const bool one = suite.ikeVersion == 1;
        DpdMessage message;
        message.kind = kind;
        message.ikeVersion = suite.ikeVersion;
        message.initiatorCookie = 0x8877665544332211;
        message.responderCookie = 0xffeeddccbbaa9988;
        message.fromInitiator = kind == Kind::REQUEST;
        message.messageId = 0xcafe;
        message.sequence = one ? 0xfedcba98 : 0;
        const Bytes bytes = FromPacket(message.Write(suite));
        NS_TEST_EXPECT_MSG_EQ(bytes.size(), size, suite.name);
        NS_TEST_EXPECT_MSG_EQ(ToHex(FromPacket(message.Write(suite))),
                              ToHex(bytes),
                              "the same octets every time");
        const DpdMessage::Result result = ReadMessage(bytes, suite.name, suite.ikeVersion);
        NS_TEST_ASSERT_MSG_EQ(result.error.has_value(), false, suite.name);
        const DpdMessage& read = result.message;
        NS_TEST_EXPECT_MSG_EQ((read.kind == kind), true, suite.name);
        NS_TEST_EXPECT_MSG_EQ(+read.ikeVersion, +suite.ikeVersion, suite.name);
        NS_TEST_EXPECT_MSG_EQ(read.initiatorCookie, message.initiatorCookie, suite.name);
        NS_TEST_EXPECT_MSG_EQ(read.responderCookie, message.responderCookie, suite.name);
        NS_TEST_EXPECT_MSG_EQ(read.messageId, message.messageId, suite.name);
        NS_TEST_EXPECT_MSG_EQ(read.sequence, message.sequence, suite.name);
        NS_TEST_EXPECT_MSG_EQ(read.GetNumber(), (one ? 0xfedcba98 : 0xcafe), suite.name);
        if (!one)
        {
            NS_TEST_EXPECT_MSG_EQ(read.fromInitiator, message.fromInitiator, suite.name);
        }
        // What is seen from outside: first payload and flags.
        const uint8_t next = one ? 8 : suite.encrypts ? 46 : 0;
        const uint8_t flags = one ? suite.encrypts : kind == Kind::REQUEST ? 0x08 : 0x20;
        NS_TEST_EXPECT_MSG_EQ(+bytes[16], +next, suite.name);
        NS_TEST_EXPECT_MSG_EQ(+bytes[19], +flags, suite.name);
    }
};

/// Behaviour 5.
class SetupTestCase : public TestCase
{
  public:
    SetupTestCase()
        : TestCase("Messages that set up an SA")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            uint8_t version;
            Kind kind;
            std::size_t size;  // strongswan-dpd-ikev1.pcap and -ikev2-default.pcap, frames 1 and 2
            const char* start; // from the first payload's type on
        } rows[] = {
            {1, Kind::SETUP, 180, "0d100200"},
            {1, Kind::SETUP_REPLY, 160, "0d100200"},
            {2, Kind::SETUP, 462, "2b202208"},
            {2, Kind::SETUP_REPLY, 470, "2b202220"},
        };

        for (const auto& row : rows)
        {
            const bool reply = row.kind == Kind::SETUP_REPLY;
            const char* suite = row.version == 1 ? "aes-sha1" : "aes-gcm-16";
            DpdMessage message;
            message.kind = row.kind;
            message.ikeVersion = row.version;
            message.initiatorCookie = 7;
            message.responderCookie = reply ? 9 : 0;
            message.fromInitiator = !reply;
            const Bytes bytes =
                FromPacket(message.Write(*IkeCipherSuite::Find(suite, row.version)));
            NS_TEST_EXPECT_MSG_EQ(bytes.size(), row.size, "size");
            NS_TEST_EXPECT_MSG_EQ(ToHex(Bytes(bytes.begin() + 16, bytes.begin() + 20)),
                                  row.start,
                                  "exchange and flags");
            const DpdMessage::Result result = ReadMessage(bytes, suite, row.version);
            NS_TEST_ASSERT_MSG_EQ(result.error.has_value(), false, "can be read");
            NS_TEST_EXPECT_MSG_EQ((result.message.kind == row.kind), true, "kind");
            NS_TEST_EXPECT_MSG_EQ(result.message.initiatorCookie, 7, "cookie");
            NS_TEST_EXPECT_MSG_EQ(result.message.responderCookie, (reply ? 9 : 0), "cookie");
            const bool named =
                ToHex(bytes).find("afcad71368a1f1c96b8696fc77570100") != std::string::npos;
            NS_TEST_EXPECT_MSG_EQ(named, (row.version == 1), "RFC 3706 section 5.1");
        }
    }
};

/// Behaviour 6.
class BadHeaderTestCase : public TestCase
{
  public:
    BadHeaderTestCase()
        : TestCase("Headers that cannot be")
    {
    }

  private:
    void DoRun() override
    {
        const Bytes good = ToBytes(SWAN2_REQUEST);
        for (std::size_t size = 0; size < good.size(); size++)
        {
            const DropReason reason =
                size < IkeHeader::SIZE ? DropReason::TRUNCATED : DropReason::BAD_LENGTH;
            Expect(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)), reason);
        }
        Bytes longer = good;
        longer.push_back(0);
        Expect(longer, DropReason::BAD_LENGTH);
        for (const uint8_t version : {0x00, 0x0f, 0x30, 0xff})
        {
            Bytes bytes = good;
            bytes[17] = version;
            Expect(bytes, DropReason::BAD_VERSION);
        }
        Bytes minor = good;
        minor[17] = 0x21;
        Expect(minor, std::nullopt);
        Bytes empty(good.begin(), good.begin() + 28);
        empty[27] = 27;
        Expect(empty, DropReason::BAD_LENGTH);
        empty[27] = 28;
        Expect(empty, std::nullopt);
        empty[24] = 0xff;
        Expect(empty, DropReason::BAD_LENGTH);
    }

    /**
     * @brief Read a header.
     * @param bytes the bytes
     * @param reason why it is refused; none if it is not
     */
    void Expect(const Bytes& bytes, std::optional<DropReason> reason)
    {
        Ptr<Packet> packet = ToPacket(bytes);
        IkeHeader header;
        NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header),
                              (reason ? 0 : IkeHeader::SIZE),
                              "consumed of " << bytes.size());
        NS_TEST_EXPECT_MSG_EQ((header.GetError() == reason), true, "of " << bytes.size());
    }
};

/// Behaviour 7.
class BadPayloadTestCase : public TestCase
{
  public:
    BadPayloadTestCase()
        : TestCase("Payloads that cannot be")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            uint8_t first;
            const char* hex;
            bool good;
        } rows[] = {
            {0, "", true},
            {0, "0102", true}, // all of it is padding
            {8, "", false},
            {8, "000000", false},
            {8, "00000003", false}, // shorter than its own header
            {8, "00000000", false},
            {8, "00000004", true},
            {8, "00000005", false},
            {8, "00000005aa", true},
            {8, "0b000004", false}, // the next one is missing
            {8, "0b00000400000004", true},
            {8, "0b00000400000005", false},
            {46, "2a000004", true}, // what it names is inside
            {46, "2a0000040102", true},
        };

        for (const auto& row : rows)
        {
            const auto chain = IkePayload::Read(row.first, ToBytes(row.hex));
            NS_TEST_EXPECT_MSG_EQ(chain.has_value(), row.good, +row.first << " " << row.hex);
            if (chain)
            {
                NS_TEST_EXPECT_MSG_EQ(ToHex(IkePayload::Write(*chain)), row.hex, "unchanged");
            }
        }
        const Bytes body =
            ToBytes("00000001 01 10 8d28 0102030405060708 1112131415161718 1a2b3c4d");
        for (std::size_t size = 0; size <= body.size(); size++)
        {
            const auto notify = IkeNotify::Read(
                Bytes(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size)));
            NS_TEST_EXPECT_MSG_EQ(notify.has_value(), (size >= 24), "SPI and all before: " << size);
            NS_TEST_EXPECT_MSG_EQ((notify && notify->GetDpd().has_value()),
                                  (size == 28),
                                  "sequence: " << size);
        }
        const auto notify = IkeNotify::Read(body);
        NS_TEST_EXPECT_MSG_EQ(ToHex(notify->Write()), ToHex(body), "unchanged");
        NS_TEST_EXPECT_MSG_EQ(notify->GetDpd()->initiatorCookie, 0x0102030405060708, "cookie");
        NS_TEST_EXPECT_MSG_EQ(notify->GetDpd()->responderCookie, 0x1112131415161718, "cookie");
    }
};

/// Behaviour 8.
class BadMessageTestCase : public TestCase
{
  public:
    BadMessageTestCase()
        : TestCase("Messages that say something else")
    {
    }

  private:
    void DoRun() override
    {
        using R = DropReason;
        Expect(CLEAR_REQUEST, "none", 2, R::BAD_VERSION, "the other version");
        Expect(SWAN2_REQUEST, "none", 1, R::BAD_VERSION, "the other version");
        Expect(CLEAR_REQUEST, "aes-sha1", 1, R::AUTHENTICATION, "in the clear");
        Expect(SWAN1_REQUEST, "none", 1, R::AUTHENTICATION, "encrypted");
        Expect(SWAN2_REQUEST, "none", 2, R::AUTHENTICATION, "encrypted");
        Expect(PLUTO_QUICK, "3des-sha1", 1, R::UNKNOWN_MESSAGE, "Quick Mode");
        Expect(FOUR_CHILD, "aes-cbc-sha1-96", 2, R::UNKNOWN_MESSAGE, "CREATE_CHILD_SA");
        Expect(ARKIME_REQUEST, "aes-cbc-sha1-96", 2, R::BAD_LENGTH, "another suite");

        Change(18, 0x11, R::UNKNOWN_MESSAGE, "another exchange");
        // Offsets into CLEAR_REQUEST: 28 HASH, 52 Notification, 56 its body, 64 SPI, 80 sequence.
        Change(0, 0x02, R::BAD_COOKIE, "cookies of header and SPI differ");
        Change(15, 0x19, R::BAD_COOKIE, "cookies of header and SPI differ");
        Change(64, 0x02, R::BAD_COOKIE, "cookies of header and SPI differ");
        Change(16, 0x0b, R::UNKNOWN_MESSAGE, "no hash");
        Change(28, 0x0c, R::UNKNOWN_MESSAGE, "a Delete");
        Change(28, 0x00, R::UNKNOWN_MESSAGE, "a hash alone");
        Change(31, 0x19, R::BAD_LENGTH, "the hash is longer than it was");
        Change(55, 0x21, R::BAD_LENGTH, "longer than the message");
        Change(61, 0x15, R::BAD_LENGTH, "an SPI longer than the payload");
        Change(61, 0x08, R::UNKNOWN_MESSAGE, "an SPI of 8 octets");
        Change(63, 0x27, R::UNKNOWN_MESSAGE, "another notification");

        // IKEv2, with a suite whose content can be seen.
        const IkeCipherSuite* suite = IkeCipherSuite::Find("aes-cbc-sha256-128", 2);
        DpdMessage message;
        message.ikeVersion = 2;
        message.initiatorCookie = 1;
        message.responderCookie = 2;
        Bytes bytes = FromPacket(message.Write(*suite));
        NS_TEST_EXPECT_MSG_EQ(ReadMessage(bytes, suite->name, 2).error.has_value(), false, "good");
        bytes[28] = 42;
        ExpectBytes(bytes, suite->name, 2, R::UNKNOWN_MESSAGE, "a Delete inside");
        bytes[28] = 0;
        bytes[63] = 14; // the pad length, behind IV and 15 octets of padding
        ExpectBytes(bytes, suite->name, 2, R::UNKNOWN_MESSAGE, "one octet inside");
        bytes[63] = 16;
        ExpectBytes(bytes, suite->name, 2, R::BAD_LENGTH, "more padding than there is");

        // A request for a new SA: who asks has a cookie, and requests are no responses.
        DpdMessage setup;
        setup.kind = Kind::SETUP;
        setup.ikeVersion = 2;
        setup.initiatorCookie = 1;
        bytes = FromPacket(setup.Write(*suite));
        bytes[7] = 0;
        ExpectBytes(bytes, suite->name, 2, R::UNKNOWN_MESSAGE, "no cookie");
        bytes[7] = 1;
        bytes[19] = 0x20;
        ExpectBytes(bytes, suite->name, 2, R::UNKNOWN_MESSAGE, "a response without a cookie");
        bytes[19] = 0x08;
        bytes[31] = 0;
        bytes[30] = 0;
        ExpectBytes(bytes, suite->name, 2, R::BAD_LENGTH, "payloads that cannot be");
    }

    /**
     * @brief Read a message.
     * @param bytes the message
     * @param suite the cipher suite
     * @param version 1 or 2
     * @param reason why it is refused
     * @param what for the message
     */
    void ExpectBytes(const Bytes& bytes,
                     const std::string& suite,
                     uint8_t version,
                     DropReason reason,
                     const std::string& what)
    {
        const DpdMessage::Result result = ReadMessage(bytes, suite, version);
        NS_TEST_ASSERT_MSG_EQ(result.error.has_value(), true, what);
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(*result.error)),
                              std::string(ToString(reason)),
                              what);
    }

    /**
     * @brief Read a message.
     * @param hex the message
     * @param suite the cipher suite
     * @param version 1 or 2
     * @param reason why it is refused
     * @param what for the message
     */
    void Expect(const std::string& hex,
                const std::string& suite,
                uint8_t version,
                DropReason reason,
                const std::string& what)
    {
        ExpectBytes(ToBytes(hex), suite, version, reason, what);
    }

    /**
     * @brief Read CLEAR_REQUEST with one octet changed.
     * @param at which
     * @param value its value
     * @param reason why it is refused
     * @param what for the message
     */
    void Change(std::size_t at, uint8_t value, DropReason reason, const std::string& what)
    {
        Bytes bytes = ToBytes(CLEAR_REQUEST);
        bytes[at] = value;
        ExpectBytes(bytes, "none", 1, reason, what);
    }
};

/// Behaviour 9.
class PrintTestCase : public TestCase
{
  public:
    PrintTestCase()
        : TestCase("Headers print what they say")
    {
    }

  private:
    void DoRun() override
    {
        IkeHeader header;
        ToPacket(ToBytes(SWAN2_REPLY))->PeekHeader(header);
        std::ostringstream printed;
        header.Print(printed);
        NS_TEST_EXPECT_MSG_EQ(printed.str(),
                              "cookies f3e70ad4a6a73cbc b929faeee0ad6f50 id 00000002 version 2 "
                              "exchange 37 flags 32 next 46 length 80",
                              "all fields");
    }
};

/// Behaviour of IkeHeader, EspHeader, DpdMessage and what they consist of.
class IkeHeaderTestSuite : public TestSuite
{
  public:
    IkeHeaderTestSuite()
        : TestSuite("keepalive-ike-header")
    {
        AddTestCase(new CaptureTestCase);
        AddTestCase(new EspTestCase);
        AddTestCase(new ClearTestCase);
        AddTestCase(new SizeTestCase);
        AddTestCase(new SetupTestCase);
        AddTestCase(new BadHeaderTestCase);
        AddTestCase(new BadPayloadTestCase);
        AddTestCase(new BadMessageTestCase);
        AddTestCase(new PrintTestCase);
    }
};

IkeHeaderTestSuite g_ikeHeaderTestSuite; //!< registers the suite

} // namespace
