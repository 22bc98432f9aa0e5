/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BGP on the wire: bytes that nobody here made up.
 *
 * 1. OPENs of Cisco IOS, FRR, BIRD and others decode to what they say and encode unchanged.
 * 2. So do UPDATEs, KEEPALIVEs and NOTIFICATIONs.
 * 3. Every message of the captures does, if they lie beside the project, put together from TCP
 *    segments by their sequence numbers.
 * 4. Messages that are built equal those captured; what does not fit is left out.
 * 5. Any number of prefixes is spread over messages of at most 4096 bytes, in order, none lost.
 * 6. Paths through speakers of two octets per AS (RFC 6793), in both directions.
 * 7. What path attributes say, and what becomes of them on the way to the next speaker.
 * 8. NOTIFICATIONs in words, with the operator's (RFC 9003).
 * 9. Random UPDATEs decode to what was encoded.
 */

#include "hex-bytes.h"
#include "tcp-capture.h"

#include "ns3/bgp-as-path.h"
#include "ns3/bgp-header.h"
#include "ns3/bgp-notification.h"
#include "ns3/bgp-open.h"
#include "ns3/bgp-stream.h"
#include "ns3/bgp-update.h"
#include "ns3/test.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// A marker.
const std::string MARKER(32, 'f');

/// packetlife-EBGP_adjacency.cap, frame 4: IOS, a parameter for each capability.
const std::string OPEN_CISCO =
    MARKER + "002d 01 04 fe4c 00b4 0a0a0301 10 0206010400010001 02028000 02020200";
/// packetlife-4-byte_AS_numbers_Full_Support.cap, frame 2: IOS, AS 2621441.
const std::string OPEN_CISCO_4 = MARKER + "003a 01 04 5ba0 00b4 28000001 1d 0206010400010001"
                                          "02028000 02020200 0203830100 0206410400280001";
/// bgp-4byte-asn.pcap, frame 6: one parameter for all capabilities.
const std::string OPEN_JOINED = MARKER + "0037 01 04 5ba0 00b4 00000101 1a 0218 010400010001 0200"
                                         "4002c12c 4104a4c46652 450400010101";
/// frr844-bgp-hold9-expiry.pcap, frame 8: FRR 8.4.4.
const std::string OPEN_FRR =
    MARKER + "005e 01 04 fde9 0009 0a630001 41 0206010400010001 02028000 02020200 02024600"
             "020641040000fde9 02020600 0206450400010101 0206490402766d00 02044002c078"
             "0209470700010180000000";
/// bird2012-bgp-hold9-expiry.pcap, frame 6: BIRD 2.0.12.
const std::string OPEN_BIRD = MARKER + "0035 01 04 fde9 0009 0a630001 18 0216 010400010001 0200"
                                       "40020078 41040000fde9 4600 4700";

/// packetlife-EBGP_adjacency.cap, frame 11.
const std::string UPDATE_CISCO = MARKER +
                                 "0037 02 0000 0014 40010100 40020602 02feb0fe4c 400304 02020202"
                                 "180a0a01 180a0a02 180a0a03";
/// packetlife-EBGP_adjacency.cap, frame 7, second message: with MULTI_EXIT_DISC.
const std::string UPDATE_MED = MARKER + "003a 02 0000 0019 40010102 400204 0201fe4c 40030401010101"
                                        "80040400000000 1eac100000 1eac100004";
/// packetlife-4-byte_AS_numbers_Full_Support.cap, frame 6: four octets per AS.
const std::string UPDATE_4 =
    MARKER + "0035 02 0000 001c 40010100 40020e 0203000a00010000000200000003 400304ac100101"
             "081e";
/// bgp-4byte-asn.pcap, frame 83: two octets per AS, and what they cannot say.
const std::string UPDATE_AS4 =
    MARKER + "0051 02 0000 0021 40010102 400206 02025ba00001 40030401000202"
             "c0110a 0202a4c4665200000001 2004040404 2005050505 2001010101 2002020202 2003030303";
/// bgp-4byte-asn.pcap, frame 13: a speaker of two octets, 200, has passed AS4_PATH on.
const std::string UPDATE_PASSED =
    MARKER + "005f 02 0000 002f 40010102 40020c 020500c800015ba05ba05ba0 40030401000201"
             "e01112 0204000000010003640e00051615fffffffa"
             "2004040404 2005050505 2001010101 2002020202 2003030303";
/// bgp-4byte-asn.pcap, frame 56: withdrawals.
const std::string UPDATE_WITHDRAWN =
    MARKER + "0030 02 0019 2005050505 2001010101 2002020202 2003030303 2004040404 0000";

/// bgp-shutdown-communication.pcapng, frame 1 (RFC 9003).
const std::string NOTIFICATION_TEXT =
    MARKER + "004a 03 06 02 34 546869732069732061207465737420"
             "6f66207468652073687574646f776e20636f6d6d756e69636174696f6e2073797374656d2e";
/// packetlife-BGP_notification.cap, frame 5: IOS refuses AS 65200.
const std::string NOTIFICATION_AS = MARKER + "0017 03 02 02 feb0";
/// frr844-bgp-hold9-expiry.pcap, frame 19: the hold time has passed.
const std::string NOTIFICATION_HOLD = MARKER + "0015 03 04 00";

/// A test case about whole messages.
class MessageTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit MessageTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /**
     * @brief Read the only message of some bytes.
     * @param hex the bytes
     * @return the message
     */
    BgpMessage Read(const std::string& hex)
    {
        const std::vector<uint8_t> bytes = ToBytes(hex);
        BgpStream stream;
        stream.Append(bytes.data(), bytes.size());
        BgpStream::Result result = stream.Next();
        auto* message = std::get_if<BgpMessage>(&result);
        NS_TEST_EXPECT_MSG_EQ((message != nullptr), true, "a message: " << hex);
        NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 0, "no more: " << hex);
        return message ? *message : BgpMessage();
    }

    /**
     * @brief Read an OPEN that must encode to the same bytes.
     * @param hex the message
     * @return the OPEN
     */
    BgpOpen ReadOpen(const std::string& hex)
    {
        const BgpMessage message = Read(hex);
        NS_TEST_EXPECT_MSG_EQ((message.type == BgpMessageType::OPEN), true, hex);
        const auto read = BgpOpen::Decode(message.body.data(), message.body.size());
        const auto* open = std::get_if<BgpOpen>(&read);
        NS_TEST_EXPECT_MSG_EQ((open != nullptr), true, hex);
        if (!open)
        {
            return BgpOpen();
        }
        NS_TEST_EXPECT_MSG_EQ(ToHex(open->Encode()), ToHex(ToBytes(hex)), "encoded again");
        return *open;
    }

    /**
     * @brief Read an UPDATE that must be well formed.
     * @param hex the message
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @param external whether the peer is in another AS
     * @return the UPDATE
     */
    BgpUpdate ReadUpdate(const std::string& hex, bool fourOctetAs, bool external = true)
    {
        const BgpMessage message = Read(hex);
        NS_TEST_EXPECT_MSG_EQ((message.type == BgpMessageType::UPDATE), true, hex);
        const auto read =
            BgpUpdate::Decode(message.body.data(), message.body.size(), fourOctetAs, external);
        const auto* update = std::get_if<BgpUpdate>(&read);
        NS_TEST_EXPECT_MSG_EQ((update != nullptr), true, hex);
        return update ? *update : BgpUpdate();
    }

    /**
     * @brief Read an UPDATE that must encode to the same bytes.
     * @param hex the message
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @return the UPDATE
     */
    BgpUpdate CheckUpdate(const std::string& hex, bool fourOctetAs)
    {
        const BgpUpdate update = ReadUpdate(hex, fourOctetAs);
        NS_TEST_EXPECT_MSG_EQ(ToHex(update.Encode(fourOctetAs)),
                              ToHex(ToBytes(hex)),
                              "encoded again");
        const std::vector<std::vector<uint8_t>> all = update.EncodeAll(fourOctetAs);
        NS_TEST_EXPECT_MSG_EQ(all.size(), 1, "one is enough");
        NS_TEST_EXPECT_MSG_EQ((all[0] == update.Encode(fourOctetAs)), true, "the same");
        return update;
    }

    /**
     * @brief Read a NOTIFICATION that must encode to the same bytes.
     * @param hex the message
     * @return the NOTIFICATION
     */
    BgpNotification ReadNotification(const std::string& hex)
    {
        const BgpMessage message = Read(hex);
        NS_TEST_EXPECT_MSG_EQ((message.type == BgpMessageType::NOTIFICATION), true, hex);
        const auto read = BgpNotification::Decode(message.body.data(), message.body.size());
        NS_TEST_EXPECT_MSG_EQ(read.has_value(), true, hex);
        NS_TEST_EXPECT_MSG_EQ(ToHex(read->Encode()), ToHex(ToBytes(hex)), "encoded again");
        return *read;
    }

    /**
     * @brief The numbers of a path as text.
     * @param path the path
     * @return such as "1 2 {3 4}"; segments that could be one are kept apart by a bar
     */
    static std::string ToText(const BgpAsPath& path)
    {
        std::string text;
        for (const BgpPathAttributes::Segment& segment : path)
        {
            const bool isSet = segment.type == BgpPathAttributes::Segment::Type::AS_SET;
            std::string numbers;
            for (const uint32_t as : segment.numbers)
            {
                numbers += (numbers.empty() ? "" : " ") + std::to_string(as);
            }
            text += (text.empty()                  ? ""
                     : isSet || text.back() == '}' ? " "
                                                   : " | ") +
                    (isSet ? "{" + numbers + "}" : numbers);
        }
        return text;
    }
};

/// 1. OPENs.
class OpenTest : public MessageTestCase
{
  public:
    OpenTest()
        : MessageTestCase("captured OPENs decode and encode unchanged")
    {
    }

  private:
    void DoRun() override
    {
        BgpOpen open = ReadOpen(OPEN_CISCO);
        NS_TEST_EXPECT_MSG_EQ(+open.version, 4, "version");
        NS_TEST_EXPECT_MSG_EQ(open.myAs, 65100, "AS");
        NS_TEST_EXPECT_MSG_EQ(open.GetAs(), 65100, "AS");
        NS_TEST_EXPECT_MSG_EQ(open.holdTime, 180, "hold time");
        NS_TEST_EXPECT_MSG_EQ(open.identifier, 0x0a0a0301, "10.10.3.1");
        NS_TEST_EXPECT_MSG_EQ(open.parameters.size(), 3, "a parameter each");
        NS_TEST_EXPECT_MSG_EQ(open.HasFourOctetAs(), false, "older than RFC 4893");
        NS_TEST_EXPECT_MSG_EQ(open.HasRouteRefresh(), true, "route refresh");
        NS_TEST_EXPECT_MSG_EQ(open.HasIpv4(), true, "IPv4 unicast");
        NS_TEST_EXPECT_MSG_EQ((open.Find(128) != nullptr), true, "its own route refresh");
        NS_TEST_EXPECT_MSG_EQ((open.Find(1)->value == std::vector<uint8_t>{0, 1, 0, 1}), true, "");
        NS_TEST_EXPECT_MSG_EQ((open.Find(64) == nullptr), true, "no graceful restart");

        open = ReadOpen(OPEN_CISCO_4);
        NS_TEST_EXPECT_MSG_EQ(open.myAs, 23456, "AS_TRANS");
        NS_TEST_EXPECT_MSG_EQ(open.GetAs(), 2621441, "40.1");
        NS_TEST_EXPECT_MSG_EQ(open.HasFourOctetAs(), true, "RFC 6793");

        open = ReadOpen(OPEN_JOINED);
        NS_TEST_EXPECT_MSG_EQ(open.GetAs(), 2764334674, "AS");
        NS_TEST_EXPECT_MSG_EQ(open.parameters.size(), 1, "one parameter");
        NS_TEST_EXPECT_MSG_EQ(open.parameters[0].size(), 5, "capabilities");

        open = ReadOpen(OPEN_FRR);
        NS_TEST_EXPECT_MSG_EQ(open.holdTime, 9, "hold time");
        NS_TEST_EXPECT_MSG_EQ(open.parameters.size(), 10, "a parameter each");
        NS_TEST_EXPECT_MSG_EQ(open.GetAs(), 65001, "AS");

        open = ReadOpen(OPEN_BIRD);
        NS_TEST_EXPECT_MSG_EQ(open.parameters.size(), 1, "one parameter");
        NS_TEST_EXPECT_MSG_EQ(open.HasRouteRefresh(), true, "route refresh");

        // No parameters at all, two with nothing in them, IPv6 only.
        open = ReadOpen(MARKER + "001d 01 04 0001 0000 01010101 00");
        NS_TEST_EXPECT_MSG_EQ(open.HasIpv4(), true, "what RFC 4271 has");
        open = ReadOpen(MARKER + "0021 01 04 0001 0000 01010101 04 0200 0200");
        NS_TEST_EXPECT_MSG_EQ(open.HasIpv4(), true, "what RFC 4271 has");
        open = ReadOpen(MARKER + "0025 01 04 0001 0000 01010101 08 0206 010400020001");
        NS_TEST_EXPECT_MSG_EQ(open.HasIpv4(), false, "IPv6 unicast");
        open = ReadOpen(MARKER + "002b 01 04 0001 0000 01010101 0e 020c 010400020001 010400010001");
        NS_TEST_EXPECT_MSG_EQ(open.HasIpv4(), true, "both");
    }
};

/// 2. Other messages.
class OtherMessageTest : public MessageTestCase
{
  public:
    OtherMessageTest()
        : MessageTestCase("captured UPDATEs, KEEPALIVEs and NOTIFICATIONs encode unchanged")
    {
    }

  private:
    void DoRun() override
    {
        BgpUpdate update = CheckUpdate(UPDATE_CISCO, false);
        NS_TEST_EXPECT_MSG_EQ(update.withdrawn.size(), 0, "none");
        NS_TEST_EXPECT_MSG_EQ(
            (update.announced ==
             std::vector<BgpPrefix>{{0x0a0a0100, 24}, {0x0a0a0200, 24}, {0x0a0a0300, 24}}),
            true,
            "prefixes");
        NS_TEST_ASSERT_MSG_EQ(update.attributes.has_value(), true, "attributes");
        NS_TEST_EXPECT_MSG_EQ((update.attributes->origin == BgpPathAttributes::Origin::IGP),
                              true,
                              "ORIGIN");
        NS_TEST_EXPECT_MSG_EQ(ToText(update.attributes->asPath), "65200 65100", "AS_PATH");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->nextHop, 0x02020202, "NEXT_HOP");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->med.has_value(), false, "MULTI_EXIT_DISC");
        NS_TEST_EXPECT_MSG_EQ(update.CheckNeighborAs(65200).has_value(), false, "its neighbour");

        update = CheckUpdate(UPDATE_MED, false);
        NS_TEST_EXPECT_MSG_EQ((update.attributes->origin == BgpPathAttributes::Origin::INCOMPLETE),
                              true,
                              "ORIGIN");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->med.value_or(1), 0, "MULTI_EXIT_DISC");
        NS_TEST_EXPECT_MSG_EQ((update.announced[1] == BgpPrefix{0xac100004, 30}), true, "/30");

        update = CheckUpdate(UPDATE_4, true);
        NS_TEST_EXPECT_MSG_EQ(ToText(update.attributes->asPath), "655361 2 3", "AS_PATH");
        NS_TEST_EXPECT_MSG_EQ((update.announced[0] == BgpPrefix{0x1e000000, 8}), true, "30/8");

        update = CheckUpdate(UPDATE_AS4, false);
        NS_TEST_EXPECT_MSG_EQ(ToText(update.attributes->asPath), "2764334674 1", "AS_PATH");

        update = CheckUpdate(UPDATE_WITHDRAWN, false);
        NS_TEST_EXPECT_MSG_EQ(update.withdrawn.size(), 5, "prefixes");
        NS_TEST_EXPECT_MSG_EQ((update.withdrawn[4] == BgpPrefix{0x04040404, 32}), true, "last");
        NS_TEST_EXPECT_MSG_EQ(update.attributes.has_value(), false, "no attributes");
        NS_TEST_EXPECT_MSG_EQ(update.IsEndOfRib(), false, "there is something in it");

        // bird2012-bgp-hold9-expiry.pcap, frame 12.
        update = CheckUpdate(MARKER + "0017 02 0000 0000", true);
        NS_TEST_EXPECT_MSG_EQ(update.IsEndOfRib(), true, "End-of-RIB");

        // The one message whose AS4_PATH is not written as it was read: it lacks 200, who could not
        // add itself. A speaker that can writes it whole (RFC 6793 section 4.2.2).
        update = ReadUpdate(UPDATE_PASSED, false);
        const std::string merged = "200 1 222222 333333 4294967290";
        NS_TEST_EXPECT_MSG_EQ(ToText(update.attributes->asPath), merged, "AS_PATH");
        const std::string whole =
            MARKER + "0063 02 0000 0033 40010102 40020c 020500c800015ba05ba05ba0 40030401000201"
                     "c01116 0205000000c8000000010003640e00051615fffffffa"
                     "2004040404 2005050505 2001010101 2002020202 2003030303";
        NS_TEST_EXPECT_MSG_EQ(ToHex(update.Encode(false)), ToHex(ToBytes(whole)), "whole");
        NS_TEST_EXPECT_MSG_EQ((ReadUpdate(whole, false) == update), true, "the same path");

        NS_TEST_EXPECT_MSG_EQ(ToHex(EncodeBgpKeepalive()), MARKER + "001304", "KEEPALIVE");
        NS_TEST_EXPECT_MSG_EQ((Read(MARKER + "001304").type == BgpMessageType::KEEPALIVE),
                              true,
                              "KEEPALIVE");

        BgpNotification notification = ReadNotification(NOTIFICATION_TEXT);
        NS_TEST_EXPECT_MSG_EQ(notification.Describe(),
                              "Cease/Administrative Shutdown: This is a test of the shutdown"
                              " communication system.",
                              "in words");
        notification = ReadNotification(NOTIFICATION_AS);
        NS_TEST_EXPECT_MSG_EQ(notification.Describe(),
                              "OPEN Message Error/Bad Peer AS [feb0]",
                              "in words");
        notification = ReadNotification(NOTIFICATION_HOLD);
        NS_TEST_EXPECT_MSG_EQ(notification.Describe(), "Hold Timer Expired", "in words");
    }
};

/// 3. Whole captures.
class BgpCaptureFileTest : public MessageTestCase
{
  public:
    BgpCaptureFileTest()
        : MessageTestCase("every message of the captures decodes and encodes unchanged")
    {
    }

  private:
    /// What was counted in a capture.
    struct Count
    {
        std::size_t streams; //!< directions of connections
        std::size_t opens;   //!< messages by type
        std::size_t updates;
        std::size_t notifications;
        std::size_t keepalives;
        std::size_t completed; //!< UPDATEs whose AS4_PATH is encoded whole
    };

    /**
     * @brief Check the messages of one direction of a connection.
     * @param where name of the file
     * @param stream the bytes
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @param count what to count in
     */
    void CheckStream(const std::string& where,
                     const CapturedStream& stream,
                     bool fourOctetAs,
                     Count& count)
    {
        BgpStream reader;
        reader.Append(stream.bytes.data(), stream.bytes.size());
        while (true)
        {
            BgpStream::Result result = reader.Next();
            auto* message = std::get_if<BgpMessage>(&result);
            if (!message)
            {
                break;
            }
            std::vector<uint8_t> bytes;
            BgpHeader{static_cast<uint16_t>(BgpHeader::SIZE + message->body.size()), message->type}
                .AppendTo(bytes);
            bytes.insert(bytes.end(), message->body.begin(), message->body.end());
            switch (message->type)
            {
            case BgpMessageType::OPEN:
                count.opens++;
                ReadOpen(ToHex(bytes));
                break;
            case BgpMessageType::UPDATE:
                count.updates++;
                if (ToHex(bytes) == ToHex(ToBytes(UPDATE_PASSED)))
                {
                    count.completed++; // see above
                    break;
                }
                CheckUpdate(ToHex(bytes), fourOctetAs);
                break;
            case BgpMessageType::NOTIFICATION:
                count.notifications++;
                ReadNotification(ToHex(bytes));
                break;
            case BgpMessageType::KEEPALIVE:
                count.keepalives++;
                NS_TEST_EXPECT_MSG_EQ((EncodeBgpKeepalive() == bytes), true, where);
                break;
            case BgpMessageType::ROUTE_REFRESH:
                break;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(reader.GetBuffered(), 0, where << ": nothing left, no error");
    }

    /**
     * @brief Whether a connection speaks AS numbers of four octets: both its ends said so.
     * @param streams all streams of the capture
     * @param stream one direction of the connection
     * @return true if it does
     */
    static bool IsFourOctetAs(const std::vector<CapturedStream>& streams,
                              const CapturedStream& stream)
    {
        int opens = 0;
        int offers = 0;
        for (const CapturedStream& other : streams)
        {
            const bool same =
                (other.source == stream.source && other.destination == stream.destination &&
                 other.sourcePort == stream.sourcePort &&
                 other.destinationPort == stream.destinationPort) ||
                (other.source == stream.destination && other.destination == stream.source &&
                 other.sourcePort == stream.destinationPort &&
                 other.destinationPort == stream.sourcePort);
            BgpStream reader;
            reader.Append(other.bytes.data(), other.bytes.size());
            const BgpStream::Result result = reader.Next();
            const auto* message = std::get_if<BgpMessage>(&result);
            if (!same || !message || message->type != BgpMessageType::OPEN)
            {
                continue;
            }
            opens++;
            const auto open = BgpOpen::Decode(message->body.data(), message->body.size());
            offers += std::get<BgpOpen>(open).HasFourOctetAs() ? 1 : 0;
        }
        return opens == 2 && offers == 2;
    }

    void DoRun() override
    {
        const std::pair<const char*, Count> captures[] = {
            {"packetlife-EBGP_adjacency.cap", {2, 2, 12, 0, 12, 0}},
            {"packetlife-4-byte_AS_numbers_Full_Support.cap", {3, 2, 9, 0, 5, 0}},
            {"bgp-4byte-asn.pcap", {8, 8, 10, 1, 16, 1}},
            {"bgp-shutdown-communication.pcapng", {2, 0, 0, 2, 0, 0}},
            {"frr844-bgp-hold9-expiry.pcap", {2, 2, 0, 1, 6, 0}},
            {"frr844-sigstop-ns3-hold-expiry.pcap", {2, 2, 0, 1, 7, 0}},
            {"bird2012-bgp-hold9-expiry.pcap", {2, 2, 1, 1, 5, 0}},
        };
        for (const auto& [name, expected] : captures)
        {
            // Captures of others are not part of the project: only where they lie beside it.
            const std::string path = FindCapture(name);
            if (path.empty())
            {
                continue;
            }
            const std::vector<CapturedStream> streams = ReadTcpStreams(path, 179);
            Count count{streams.size(), 0, 0, 0, 0, 0};
            for (const CapturedStream& stream : streams)
            {
                NS_TEST_EXPECT_MSG_EQ(stream.complete, true, name);
                CheckStream(name, stream, IsFourOctetAs(streams, stream), count);
            }
            NS_TEST_EXPECT_MSG_EQ(count.streams, expected.streams, name << ": streams");
            NS_TEST_EXPECT_MSG_EQ(count.opens, expected.opens, name << ": OPENs");
            NS_TEST_EXPECT_MSG_EQ(count.updates, expected.updates, name << ": UPDATEs");
            NS_TEST_EXPECT_MSG_EQ(count.notifications, expected.notifications, name << ": NOTIF.");
            NS_TEST_EXPECT_MSG_EQ(count.keepalives, expected.keepalives, name << ": KEEPALIVEs");
            NS_TEST_EXPECT_MSG_EQ(count.completed, expected.completed, name << ": AS4_PATHs");
        }
    }
};

/// 4. Messages that are built.
class BuildTest : public MessageTestCase
{
  public:
    BuildTest()
        : MessageTestCase("messages that are built equal those captured")
    {
    }

  private:
    void DoRun() override
    {
        // frr844-bgp-hold9-expiry.pcap, frame 6, in one parameter instead of two.
        BgpOpen open = BgpOpen::Make(65002, 9, 0x0a630002, true);
        NS_TEST_EXPECT_MSG_EQ(
            ToHex(open.Encode()),
            ToHex(ToBytes(MARKER +
                          "002b 01 04 fdea 0009 0a630002 0e 020c 010400010001 41040000fdea")),
            "OPEN");

        // packetlife-EBGP_adjacency.cap, frame 4.
        open = BgpOpen();
        open.myAs = 65100;
        open.holdTime = 180;
        open.identifier = 0x0a0a0301;
        open.parameters = {{BgpCapability::MakeMultiprotocolIpv4()},
                           {{128, {}}},
                           {BgpCapability::MakeRouteRefresh()}};
        NS_TEST_EXPECT_MSG_EQ(ToHex(open.Encode()), ToHex(ToBytes(OPEN_CISCO)), "OPEN");

        // An AS of four octets, told and not told.
        open = BgpOpen::Make(65536, 180, 1, true);
        NS_TEST_EXPECT_MSG_EQ(open.myAs, 23456, "AS_TRANS");
        NS_TEST_EXPECT_MSG_EQ(open.GetAs(), 65536, "in its capability");
        open = BgpOpen::Make(65536, 180, 1, false);
        NS_TEST_EXPECT_MSG_EQ(open.GetAs(), 23456, "not told");
        NS_TEST_EXPECT_MSG_EQ(open.HasFourOctetAs(), false, "not told");
        open = BgpOpen::Make(65535, 180, 1, true);
        NS_TEST_EXPECT_MSG_EQ(open.myAs, 65535, "fits");

        // 255 bytes of parameters fit, and not one more.
        open = BgpOpen();
        open.AddCapability({64, std::vector<uint8_t>(251)});
        NS_TEST_EXPECT_MSG_EQ(open.Encode().size(), 29 + 255, "fits");
        ReadOpen(ToHex(open.Encode()));
        open.parameters.push_back({});
        NS_TEST_EXPECT_MSG_EQ(open.Encode().size(), 29 + 255, "no room for two bytes");
        open.parameters[0][0].value.push_back(0);
        NS_TEST_EXPECT_MSG_EQ(open.Encode().size(), 29 + 2, "only the other");
        open.parameters[0][0].value.resize(300);
        NS_TEST_EXPECT_MSG_EQ(open.Encode().size(), 29 + 2, "only the other");

        // Capabilities compare by all that they say.
        const BgpCapability as = BgpCapability::MakeFourOctetAs(65100);
        NS_TEST_EXPECT_MSG_EQ((as == BgpCapability{65, {0, 0, 0xfe, 0x4c}}), true, "AS");
        NS_TEST_EXPECT_MSG_EQ((as == BgpCapability::MakeFourOctetAs(65101)), false, "value");
        NS_TEST_EXPECT_MSG_EQ((as == BgpCapability{64, as.value}), false, "code");

        // packetlife-EBGP_adjacency.cap, frame 7, second message.
        BgpUpdate update;
        update.attributes.emplace();
        update.attributes->origin = BgpPathAttributes::Origin::INCOMPLETE;
        update.attributes->Prepend(65100);
        update.attributes->nextHop = 0x01010101;
        update.attributes->med = 0;
        update.announced = {BgpPrefix::Of(0xac100003, 30), BgpPrefix::Of(0xac100004, 30)};
        NS_TEST_EXPECT_MSG_EQ(ToHex(update.Encode(false)), ToHex(ToBytes(UPDATE_MED)), "UPDATE");
        NS_TEST_EXPECT_MSG_EQ(ToHex(BgpUpdate().Encode(true)), MARKER + "00170200000000", "EoR");

        // All attributes at once, in the order of their types.
        update.attributes->localPref = 100;
        update.attributes->atomicAggregate = true;
        update.attributes->aggregator = {65100, 0x01020304};
        update.attributes->unknown = {{0xc0, 8, {1, 2, 3, 4}}, {0xd0, 32, {5}}};
        update.withdrawn = {{0, 0}, {0x80000000, 1}, {0x01020300, 25}};
        const std::string all =
            MARKER + "0065 02 0008 00 0180 1901020300 003c 40010102 400206 02010000fe4c"
                     "40030401010101 80040400000000 40050400000064 400600 c00708 0000fe4c01020304"
                     "c0080401020304 d020000105 1eac100000 1eac100004";
        NS_TEST_EXPECT_MSG_EQ(ToHex(update.Encode(true)), ToHex(ToBytes(all)), "UPDATE");
        const std::vector<uint8_t> encoded = update.Encode(true);
        NS_TEST_EXPECT_MSG_EQ((ReadUpdate(ToHex(encoded), true, false) == update), true, "again");

        // Attributes of no IPv4 prefix: without NEXT_HOP.
        BgpUpdate other;
        other.attributes.emplace();
        other.attributes->unknown = {{0x80, 15, {0, 2, 1}}};
        NS_TEST_EXPECT_MSG_EQ(ToHex(other.Encode(true)),
                              MARKER + "0024020000000d40010100400200800f03000201",
                              "an End-of-RIB of IPv6");
        NS_TEST_EXPECT_MSG_EQ((ReadUpdate(ToHex(other.Encode(true)), true) == other), true, "");

        // A long attribute gets a long length.
        update.attributes->unknown = {{0xc0, 8, std::vector<uint8_t>(255, 7)}};
        const std::size_t size = update.Encode(true).size();
        update.attributes->unknown[0].value.push_back(7);
        NS_TEST_EXPECT_MSG_EQ(update.Encode(true).size(), size + 2, "one byte more of length");
        const BgpUpdate again = ReadUpdate(ToHex(update.Encode(true)), true);
        NS_TEST_EXPECT_MSG_EQ(+again.attributes->unknown[0].flags, 0xd0, "extended");
        NS_TEST_EXPECT_MSG_EQ(again.attributes->unknown[0].value.size(), 256, "value");

        // bgp-shutdown-communication.pcapng, frames 1 and 2.
        const std::string text = "This is a test of the shutdown communication system.";
        std::string hex = ToHex(ToBytes(NOTIFICATION_TEXT));
        NS_TEST_EXPECT_MSG_EQ(
            ToHex(BgpNotification::MakeCease(BgpError::ADMIN_SHUTDOWN, text).Encode()),
            hex,
            "NOTIFICATION");
        hex[41] = '4';
        NS_TEST_EXPECT_MSG_EQ(
            ToHex(BgpNotification::MakeCease(BgpError::ADMIN_RESET, text).Encode()),
            hex,
            "NOTIFICATION");
        NS_TEST_EXPECT_MSG_EQ(
            ToHex(BgpNotification::MakeCease(BgpError::ADMIN_SHUTDOWN, "").Encode()),
            MARKER + "0015030602",
            "no text");

        // The largest message: data are cut.
        BgpNotification notification{{3, 5, std::vector<uint8_t>(4075, 1)}};
        NS_TEST_EXPECT_MSG_EQ(notification.Encode().size(), 4096, "fits");
        notification.error.data.push_back(2);
        NS_TEST_EXPECT_MSG_EQ(notification.Encode().size(), 4096, "cut");
        ReadNotification(ToHex(notification.Encode()));
    }
};

/// 5. Many prefixes.
class EncodeAllTest : public MessageTestCase
{
  public:
    EncodeAllTest()
        : MessageTestCase("any number of prefixes over messages of at most 4096 bytes")
    {
    }

  private:
    /**
     * @brief Put messages together again.
     * @param messages the messages
     * @return one UPDATE with all that they say
     */
    BgpUpdate Join(const std::vector<std::vector<uint8_t>>& messages)
    {
        BgpUpdate all;
        for (const std::vector<uint8_t>& message : messages)
        {
            NS_TEST_EXPECT_MSG_LT(message.size(), 4097, "size");
            const BgpUpdate update = ReadUpdate(ToHex(message), true, false);
            NS_TEST_EXPECT_MSG_EQ(update.IsEndOfRib(), false, "it says something");
            NS_TEST_EXPECT_MSG_EQ((all.announced.empty() || update.withdrawn.empty()),
                                  true,
                                  "withdrawals first");
            all.withdrawn.insert(all.withdrawn.end(),
                                 update.withdrawn.begin(),
                                 update.withdrawn.end());
            all.announced.insert(all.announced.end(),
                                 update.announced.begin(),
                                 update.announced.end());
            if (update.attributes)
            {
                all.attributes = update.attributes;
            }
        }
        return all;
    }

    void DoRun() override
    {
        BgpUpdate update;
        update.attributes.emplace();
        update.attributes->Prepend(65100);
        update.attributes->nextHop = 0x01010101;

        // Header 19, lengths 4, ORIGIN 4, AS_PATH 9, NEXT_HOP 7: room for 4053 bytes.
        struct Case
        {
            std::size_t withdrawn; // of 5 bytes each
            std::size_t announced; // of 5 bytes each
            std::size_t messages;
        };

        const Case cases[] = {
            {0, 0, 1}, // attributes alone
            {0, 1, 1},
            {0, 810, 1}, // 4050 bytes
            {0, 811, 2},
            {0, 1620, 2},
            {0, 1621, 3},
            {0, 100000, 124}, // 123.46
            {810, 0, 1},      // attributes in the same message
            {811, 0, 2},      // 4055 bytes, and attributes in one of their own
            {814, 0, 2},      // 4070 of the 4073 bytes
            {815, 0, 2},      // attributes with the last of them
            {809, 1, 1},      // 4050
            {810, 1, 2},
            {809, 2, 2},
            {1000, 1000, 3},
            {100000, 0, 123}, // 122.85
        };
        for (const Case& test : cases)
        {
            update.withdrawn.clear();
            update.announced.clear();
            for (uint32_t i = 0; i < test.withdrawn; i++)
            {
                update.withdrawn.push_back({0x0a000000 + i, 32});
            }
            for (uint32_t i = 0; i < test.announced; i++)
            {
                update.announced.push_back({0x14000000 + i, 32});
            }
            const auto messages = update.EncodeAll(true);
            NS_TEST_EXPECT_MSG_EQ(messages.size(),
                                  test.messages,
                                  test.withdrawn << " and " << test.announced);
            NS_TEST_EXPECT_MSG_EQ((Join(messages) == update),
                                  true,
                                  test.withdrawn << " and " << test.announced);
        }

        // Without attributes: only withdrawals, or nothing at all.
        update.attributes.reset();
        update.announced.clear();
        update.withdrawn.assign(815, {0x0a000000, 32});
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true).size(), 2, "4075 of 4073 bytes");
        NS_TEST_EXPECT_MSG_EQ((Join(update.EncodeAll(true)) == update), true, "the same");
        update.withdrawn.pop_back();
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true).size(), 1, "4070 of 4073 bytes");
        update.withdrawn.clear();
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true).size(), 1, "End-of-RIB");
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true)[0].size(), 23, "End-of-RIB");

        // Attributes that leave room for one prefix, and for none.
        update.attributes.emplace();
        update.attributes->nextHop = 0x01010101;
        update.announced = {{1, 32}, {2, 32}};
        const std::size_t others = 19 + 4 + 4 + 3 + 7 + 4; // with the header of the long one
        update.attributes->unknown = {{0xd0, 8, std::vector<uint8_t>(4096 - others - 5)}};
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true).size(), 2, "one in each");
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true)[1].size(), 4096, "full");
        NS_TEST_EXPECT_MSG_EQ((Join(update.EncodeAll(true)) == update), true, "the same");
        update.attributes->unknown[0].value.push_back(0);
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true).size(), 0, "none: no End-of-RIB either");
        update.withdrawn = {{3, 32}};
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true).size(), 1, "the withdrawal");
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true)[0].size(), 28, "the withdrawal");
        update.withdrawn.assign(1000, {3, 32});
        NS_TEST_EXPECT_MSG_EQ(update.EncodeAll(true).size(), 2, "the withdrawals");
    }
};

/// 6. Speakers of two octets.
class TwoOctetTest : public MessageTestCase
{
  public:
    TwoOctetTest()
        : MessageTestCase("paths through speakers of two octets per AS")
    {
    }

  private:
    /**
     * @brief A path from text.
     * @param text what ToText gives, with "T" for AS_TRANS
     * @return the path
     */
    static BgpAsPath ToPath(const std::string& text)
    {
        using Segment = BgpPathAttributes::Segment;
        BgpAsPath path;
        bool begins = true;
        bool isSet = false;
        std::string number;
        for (const char c : text + " ")
        {
            if (c == '{' || c == '|')
            {
                begins = true;
                isSet = c == '{';
            }
            else if (c == 'T')
            {
                number = "23456";
            }
            else if (c >= '0' && c <= '9')
            {
                number += c;
            }
            else if (!number.empty())
            {
                if (begins)
                {
                    path.push_back(
                        {isSet ? Segment::Type::AS_SET : Segment::Type::AS_SEQUENCE, {}});
                    begins = false;
                }
                path.back().numbers.push_back(static_cast<uint32_t>(std::stoul(number)));
                number.clear();
            }
            if (c == '}')
            {
                begins = true;
                isSet = false;
            }
        }
        return path;
    }

    void DoRun() override
    {
        struct Case
        {
            const char* path;
            const char* as4Path;
            const char* merged;
        };

        const Case cases[] = {
            {"", "", ""},
            {"1 2", "", "1 2"},
            {"T T", "70000 80000", "70000 80000"},
            {"T", "70000 80000", "23456"},                 // longer: not of this path
            {"1 T T", "70000 80000", "1 70000 80000"},     // one in front since
            {"1 2 3 T", "70000", "1 2 3 70000"},           // three
            {"1 2 T 3", "70000 3", "1 2 70000 3"},         // with one that fits
            {"1 2 {3 T}", "2 {3 70000}", "1 2 {3 70000}"}, // a set counts as one
            {"{1 2} T", "70000", "{1 2} 70000"},           // a set in front
            {"{1 2} 3 T", "70000", "{1 2} 3 70000"},       // and more
            {"1 | 2 T", "70000", "1 | 2 70000"},           // segments stay apart
            {"1 T {2 3}", "{70000 80000}", "1 23456 {70000 80000}"},
            {"1 T {2 3}", "70000 {2 3}", "1 70000 {2 3}"},
            {"1 2 3", "4 5 6", "4 5 6"}, // whatever it says
        };
        for (const Case& test : cases)
        {
            const std::string name = test.path + std::string(" with ") + test.as4Path;
            NS_TEST_EXPECT_MSG_EQ(ToText(MergeAs4Path(ToPath(test.path), ToPath(test.as4Path))),
                                  test.merged,
                                  name);
        }

        // Segments that would be too long are not joined.
        BgpAsPath path{
            {BgpPathAttributes::Segment::Type::AS_SEQUENCE, std::vector<uint32_t>(255, 23456)}};
        BgpAsPath as4Path = path;
        as4Path[0].numbers.assign(254, 70000);
        BgpAsPath merged = MergeAs4Path(path, as4Path);
        NS_TEST_EXPECT_MSG_EQ(merged.size(), 1, "255 numbers");
        path.insert(path.begin(), {BgpPathAttributes::Segment::Type::AS_SEQUENCE, {1}});
        merged = MergeAs4Path(path, as4Path);
        NS_TEST_EXPECT_MSG_EQ(merged.size(), 2, "256 numbers");
        NS_TEST_EXPECT_MSG_EQ(CountAsPath(merged), 256, "none lost");
        path[0].numbers.assign(200, 23456);
        path[1].numbers.assign(56, 23456);
        as4Path[0].numbers.assign(100, 70000);
        merged = MergeAs4Path(path, as4Path);
        NS_TEST_EXPECT_MSG_EQ(merged.size(), 2, "156 and 100 numbers");
        NS_TEST_EXPECT_MSG_EQ(merged[0].numbers.size(), 156, "apart");

        // Out: AS_TRANS, and the attributes only if they are needed.
        BgpUpdate update;
        update.attributes.emplace();
        update.attributes->nextHop = 0x01010101;
        update.attributes->asPath = ToPath("1 65535 {2 3}");
        update.attributes->aggregator = {65535, 0x01020304};
        update.announced = {{0x0a000000, 8}};
        std::string tail = "40030401010101 c00706ffff01020304 080a";
        NS_TEST_EXPECT_MSG_EQ(ToHex(update.Encode(false)),
                              ToHex(ToBytes(MARKER +
                                            "003c 02 0000 0023 40010100 40020c"
                                            "02020001ffff 010200020003" +
                                            tail)),
                              "all fit");
        update.attributes->asPath = ToPath("1 65536 {2 3}");
        update.attributes->aggregator->as = 65536;
        update.attributes->unknown = {{0xc0, 8, {1, 2, 3, 4}}, {0xc0, 32, {5}}};
        const std::string both =
            MARKER + "0069 02 0000 0050 40010100 40020c 020200015ba0 010200020003 40030401010101"
                     "c007065ba001020304 c0080401020304"
                     "c01114 02020000000100010000 01020000000200000003 c01208 0001000001020304"
                     "c0200105 080a";
        std::string hex = ToHex(update.Encode(false));
        NS_TEST_EXPECT_MSG_EQ(hex, ToHex(ToBytes(both)), "in their places");
        NS_TEST_EXPECT_MSG_EQ((ReadUpdate(hex, false) == update), true, "and back");

        // The same among speakers of four octets.
        hex = ToHex(update.Encode(true));
        NS_TEST_EXPECT_MSG_EQ((ReadUpdate(hex, true) == update), true, "and back");
        NS_TEST_EXPECT_MSG_EQ((hex.find("c0111") == std::string::npos), true, "no AS4_PATH");

        // In: a speaker of two octets has aggregated, so that both attributes are of another route.
        const std::string head = "40010100 400206 020200c85ba0 40030401010101";
        update = ReadUpdate(MARKER + "004a 02 0000 0031" + head +
                                "c0070600c801020304 c01106 020100011170 c012080001117001020305" //
                                "080a",
                            false);
        NS_TEST_EXPECT_MSG_EQ(ToText(update.attributes->asPath), "200 23456", "ignored");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->aggregator->as, 200, "ignored");
        update = ReadUpdate(MARKER + "004a 02 0000 0031" + head +
                                "c007065ba001020304 c01106 020100011170 c012080001117001020305"
                                "080a",
                            false);
        NS_TEST_EXPECT_MSG_EQ(ToText(update.attributes->asPath), "200 70000", "merged");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->aggregator->as, 70000, "taken");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->aggregator->identifier, 0x01020305, "taken");
    }
};

/// 7. Path attributes.
class PathAttributesTest : public MessageTestCase
{
  public:
    PathAttributesTest()
        : MessageTestCase("what path attributes say, and what the next speaker is told")
    {
    }

  private:
    void DoRun() override
    {
        using Segment = BgpPathAttributes::Segment;
        BgpPathAttributes attributes;
        NS_TEST_EXPECT_MSG_EQ(attributes.GetPathLength(), 0, "empty");
        NS_TEST_EXPECT_MSG_EQ(attributes.GetNeighborAs(), 0, "empty");
        NS_TEST_EXPECT_MSG_EQ(attributes.PassedThrough(0), false, "empty");

        attributes.asPath = {{Segment::Type::AS_SET, {7, 8, 9}}};
        NS_TEST_EXPECT_MSG_EQ(attributes.GetPathLength(), 1, "a set counts as one");
        NS_TEST_EXPECT_MSG_EQ(attributes.GetNeighborAs(), 0, "a set");
        attributes.Prepend(6);
        NS_TEST_EXPECT_MSG_EQ(ToText(attributes.asPath), "6 {7 8 9}", "before a set");
        attributes.Prepend(5);
        NS_TEST_EXPECT_MSG_EQ(ToText(attributes.asPath), "5 6 {7 8 9}", "before a sequence");
        NS_TEST_EXPECT_MSG_EQ(attributes.GetPathLength(), 3, "and two");
        NS_TEST_EXPECT_MSG_EQ(attributes.GetNeighborAs(), 5, "the latest");
        for (uint32_t as = 0; as < 12; as++)
        {
            NS_TEST_EXPECT_MSG_EQ(attributes.PassedThrough(as), (as >= 5 && as <= 9), as);
        }

        // A segment has 255 numbers at most, here and on the wire.
        attributes.asPath.clear();
        for (uint32_t i = 1; i <= 256; i++)
        {
            attributes.Prepend(i);
        }
        NS_TEST_EXPECT_MSG_EQ(attributes.asPath.size(), 2, "segments");
        NS_TEST_EXPECT_MSG_EQ(attributes.asPath[1].numbers.size(), 255, "full");
        NS_TEST_EXPECT_MSG_EQ(attributes.GetNeighborAs(), 256, "the latest");
        NS_TEST_EXPECT_MSG_EQ(attributes.GetPathLength(), 256, "numbers");
        const BgpAsPath before = attributes.asPath;
        attributes.asPath = {{Segment::Type::AS_SEQUENCE, {}}};
        for (uint32_t i = 1; i <= 600; i++)
        {
            attributes.asPath[0].numbers.push_back(i);
        }
        const std::vector<uint8_t> encoded = EncodeAsPath(attributes.asPath, true);
        const auto read = ReadAsPath(encoded.data(), encoded.size(), true);
        NS_TEST_ASSERT_MSG_EQ(read.has_value(), true, "well formed");
        NS_TEST_EXPECT_MSG_EQ(read->size(), 3, "segments");
        NS_TEST_EXPECT_MSG_EQ(CountAsPath(*read), 600, "numbers");
        NS_TEST_EXPECT_MSG_EQ((*read)[2].numbers.back(), 600, "in order");
        NS_TEST_EXPECT_MSG_EQ(EncodeAsPath({Segment{}}, true).size(), 0, "nothing in it");

        // What the next speaker is told.
        attributes = BgpPathAttributes();
        attributes.asPath = {{Segment::Type::AS_SEQUENCE, {65100}}};
        attributes.nextHop = 1;
        attributes.med = 2;
        attributes.localPref = 3;
        attributes.atomicAggregate = true;
        attributes.aggregator = {4, 5};
        attributes.unknown = {{0x80, 9, {1}}, {0xc0, 10, {2}}, {0xf0, 11, {3}}, {0xa0, 12, {4}}};
        BgpPathAttributes expected = attributes;
        expected.asPath[0].numbers = {65200, 65100};
        expected.nextHop = 9;
        expected.med.reset();
        expected.localPref.reset();
        expected.unknown = {{0xe0, 10, {2}}, {0xf0, 11, {3}}};
        NS_TEST_EXPECT_MSG_EQ((attributes.ForExternalPeer(65200, 9) == expected), true, "outside");

        expected = attributes;
        expected.unknown = {{0xe0, 10, {2}}, {0xf0, 11, {3}}};
        NS_TEST_EXPECT_MSG_EQ((attributes.ForInternalPeer(100) == expected), true, "inside");
        attributes.localPref.reset();
        expected.localPref = 100;
        NS_TEST_EXPECT_MSG_EQ((attributes.ForInternalPeer(100) == expected), true, "by default");

        // Our own route keeps the MULTI_EXIT_DISC that we gave it.
        attributes.asPath.clear();
        NS_TEST_EXPECT_MSG_EQ(attributes.ForExternalPeer(65200, 9).med.value_or(0), 2, "ours");

        // Any difference counts.
        const BgpPathAttributes same = attributes;
        NS_TEST_EXPECT_MSG_EQ((attributes == same), true, "equal");
        std::vector<BgpPathAttributes> others(10, same);
        others[0].origin = BgpPathAttributes::Origin::EGP;
        others[1].Prepend(1);
        others[2].nextHop = 7;
        others[3].med.reset();
        others[4].localPref = 1;
        others[5].atomicAggregate = false;
        others[6].aggregator->identifier = 1;
        others[7].unknown[0].flags = 0xc0;
        others[8].unknown[0].value = {};
        others[9].aggregator->as = 1;
        for (std::size_t i = 0; i < others.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ((attributes == others[i]), false, "difference " << i);
        }
        others[0] = same;
        others[0].unknown[0].type = 13;
        NS_TEST_EXPECT_MSG_EQ((same == others[0]), false, "type");
        NS_TEST_EXPECT_MSG_EQ(
            (Segment{Segment::Type::AS_SET, {1}} == Segment{Segment::Type::AS_SEQUENCE, {1}}),
            false,
            "type of a segment");
    }
};

/// 8. NOTIFICATIONs in words.
class DescribeTest : public MessageTestCase
{
  public:
    DescribeTest()
        : MessageTestCase("NOTIFICATIONs in words")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            const char* hex; // behind the header
            const char* words;
        };

        const Case cases[] = {
            {"0100", "Message Header Error"},
            {"0101", "Message Header Error/Connection Not Synchronized"},
            {"01021001", "Message Header Error/Bad Message Length [1001]"},
            {"0201 0004", "OPEN Message Error/Unsupported Version Number [0004]"},
            {"0206 0002", "OPEN Message Error/Unacceptable Hold Time [0002]"},
            {"020b", "OPEN Message Error/Role Mismatch"},
            {"0303 01", "UPDATE Message Error/Missing Well-known Attribute [01]"},
            {"030b", "UPDATE Message Error/Malformed AS_PATH"},
            {"0307", "UPDATE Message Error/7"},
            {"0400", "Hold Timer Expired"},
            {"0503 01",
             "Finite State Machine Error/Receive Unexpected Message in Established"
             " State [01]"},
            {"0601", "Cease/Maximum Number of Prefixes Reached"},
            {"0602", "Cease/Administrative Shutdown"},
            {"0606", "Cease/Other Configuration Change"}, // bgp-4byte-asn.pcap, frame 85
            {"0607", "Cease/Connection Collision Resolution"},
            {"060a", "Cease/BFD Down"}, // bgp-bfd-cease.pcap, frame 1
            {"0701", "ROUTE-REFRESH Message Error/1"},
            {"0800", "Send Hold Timer Expired"},
            {"ffff", "255/255"},
            {"0000", "0"},

            // RFC 9003.
            {"0602 00", "Cease/Administrative Shutdown"},
            {"0602 02 6869", "Cease/Administrative Shutdown: hi"},
            {"0604 02 6869", "Cease/Administrative Reset: hi"},
            {"0603 02 6869", "Cease/Peer De-configured [026869]"},
            {"0202 02 6869", "OPEN Message Error/Bad Peer AS [026869]"},
            {"0602 03 6869", "Cease/Administrative Shutdown [036869]"}, // longer than there is
            {"0602 01 6869", "Cease/Administrative Shutdown [016869]"}, // shorter
            {"0602 03 610a62", "Cease/Administrative Shutdown: a?b"},   // a control character
            {"0602 03 1b7f20", "Cease/Administrative Shutdown: ?? "},   // two
            {"0602 02 c3bc", "Cease/Administrative Shutdown: \xc3\xbc"},
            {"0602 03 e282ac", "Cease/Administrative Shutdown: \xe2\x82\xac"},
            {"0602 04 f09f9880", "Cease/Administrative Shutdown: \xf0\x9f\x98\x80"},
            {"0602 04 f48fbfbf", "Cease/Administrative Shutdown: \xf4\x8f\xbf\xbf"},

            // No UTF-8 (RFC 3629 section 4).
            {"0602 01 80", "Cease/Administrative Shutdown [0180]"},
            {"0602 01 ff", "Cease/Administrative Shutdown [01ff]"},
            {"0602 01 c3", "Cease/Administrative Shutdown [01c3]"},
            {"0602 02 c328", "Cease/Administrative Shutdown [02c328]"},
            {"0602 02 c1bf", "Cease/Administrative Shutdown [02c1bf]"},
            {"0602 03 e09fbf", "Cease/Administrative Shutdown [03e09fbf]"},
            {"0602 03 eda080", "Cease/Administrative Shutdown [03eda080]"},
            {"0602 03 e28228", "Cease/Administrative Shutdown [03e28228]"},
            {"0602 04 f08fbfbf", "Cease/Administrative Shutdown [04f08fbfbf]"},
            {"0602 04 f4908080", "Cease/Administrative Shutdown [04f4908080]"},
            {"0602 04 f09f9828", "Cease/Administrative Shutdown [04f09f9828]"},
            {"0602 04 f5808080", "Cease/Administrative Shutdown [04f5808080]"},
        };
        for (const Case& test : cases)
        {
            const std::vector<uint8_t> body = ToBytes(test.hex);
            const auto notification = BgpNotification::Decode(body.data(), body.size());
            NS_TEST_ASSERT_MSG_EQ(notification.has_value(), true, test.hex);
            NS_TEST_EXPECT_MSG_EQ(notification->Describe(), test.words, test.hex);
        }

        // Text that is too long is cut between two characters.
        struct Cut
        {
            std::string text;
            std::size_t size;
        };

        const Cut cuts[] = {
            {std::string(255, 'x'), 255},
            {std::string(256, 'x'), 255},
            {std::string(254, 'x') + "\xc3\xbc", 254},
            {std::string(253, 'x') + "\xc3\xbc", 255},
            {std::string(253, 'x') + "\xc3\xbc\xc3\xbc", 255},
            {std::string(252, 'x') + "\xf0\x9f\x98\x80", 252},
            {std::string(253, 'x') + "\xf0\x9f\x98\x80", 253},
            {std::string(300, '\x80'), 0}, // no text at all
        };
        for (const Cut& test : cuts)
        {
            const auto notification = BgpNotification::MakeCease(BgpError::ADMIN_RESET, test.text);
            const std::string text = notification.GetText().value_or("");
            NS_TEST_EXPECT_MSG_EQ(text.size(), test.size, "of " << test.text.size());
            NS_TEST_EXPECT_MSG_EQ(text, test.text.substr(0, test.size), "text");
        }

        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(BgpMessageType::OPEN)), "OPEN", "1");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(BgpMessageType::UPDATE)), "UPDATE", "2");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(BgpMessageType::NOTIFICATION)),
                              "NOTIFICATION",
                              "3");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(BgpMessageType::KEEPALIVE)), "KEEPALIVE", "4");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(BgpMessageType::ROUTE_REFRESH)),
                              "ROUTE-REFRESH",
                              "5");
    }
};

/// 9. Random UPDATEs.
class RandomUpdateTest : public MessageTestCase
{
  public:
    RandomUpdateTest()
        : MessageTestCase("random UPDATEs decode to what was encoded")
    {
    }

  private:
    /**
     * @brief Random prefixes.
     * @param rng where the numbers come from
     * @param most how many at most
     * @return prefixes
     */
    static std::vector<BgpPrefix> MakePrefixes(std::mt19937& rng, uint32_t most)
    {
        std::vector<BgpPrefix> prefixes(rng() % (most + 1));
        for (BgpPrefix& prefix : prefixes)
        {
            const auto address = static_cast<uint32_t>(rng());
            prefix = BgpPrefix::Of(address, static_cast<uint8_t>(rng() % 33));
        }
        return prefixes;
    }

    void DoRun() override
    {
        std::mt19937 rng(6793);
        const auto maybe = [&rng]() { return rng() % 2 == 0; };
        for (int round = 0; round < 2000; round++)
        {
            BgpUpdate update;
            update.withdrawn = MakePrefixes(rng, 100);
            BgpPathAttributes& attributes = update.attributes.emplace();
            attributes.origin = static_cast<BgpPathAttributes::Origin>(rng() % 3);
            attributes.nextHop = 0x0a000000 + rng() % 1000;
            for (uint32_t segments = rng() % 4; segments > 0; segments--)
            {
                BgpPathAttributes::Segment segment;
                segment.type = static_cast<BgpPathAttributes::Segment::Type>(1 + rng() % 2);
                segment.numbers.resize(1 + rng() % 50);
                for (uint32_t& as : segment.numbers)
                {
                    as = static_cast<uint32_t>(rng() >> (maybe() ? 16 : 0)) | 1;
                }
                attributes.asPath.push_back(std::move(segment));
            }
            if (maybe())
            {
                attributes.med = static_cast<uint32_t>(rng());
            }
            if (maybe())
            {
                attributes.localPref = static_cast<uint32_t>(rng());
            }
            attributes.atomicAggregate = maybe();
            if (maybe())
            {
                attributes.aggregator = {static_cast<uint32_t>(rng() >> (maybe() ? 16 : 0)) | 1,
                                         static_cast<uint32_t>(rng())};
            }
            for (uint8_t type = 8; type < 64; type = static_cast<uint8_t>(type + 1 + rng() % 30))
            {
                if (type != 17 && type != 18)
                {
                    std::vector<uint8_t> value(rng() % 400);
                    const auto flags = static_cast<uint8_t>(
                        0x80 | (maybe() ? 0x60 : 0) | (value.size() > 255 || maybe() ? 0x10 : 0));
                    attributes.unknown.push_back({flags, type, std::move(value)});
                }
            }
            update.announced = MakePrefixes(rng, 200);
            for (const bool fourOctetAs : {true, false})
            {
                const std::string hex = ToHex(update.Encode(fourOctetAs));
                NS_TEST_ASSERT_MSG_EQ((ReadUpdate(hex, fourOctetAs, false) == update), true, hex);
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BgpMessageTestSuite : public TestSuite
{
  public:
    BgpMessageTestSuite()
        : TestSuite("keepalive-bgp-message")
    {
        AddTestCase(new OpenTest);
        AddTestCase(new OtherMessageTest);
        AddTestCase(new BgpCaptureFileTest);
        AddTestCase(new BuildTest);
        AddTestCase(new EncodeAllTest);
        AddTestCase(new TwoOctetTest);
        AddTestCase(new PathAttributesTest);
        AddTestCase(new DescribeTest);
        AddTestCase(new RandomUpdateTest);
    }
};

BgpMessageTestSuite g_bgpMessageTestSuite; //!< registers itself

} // namespace
