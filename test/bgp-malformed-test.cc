/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BGP messages that are malformed, each with the NOTIFICATION that it earns.
 *
 * 1. Headers: marker, length, type (RFC 4271 section 6.1).
 * 2. Every length from 0 to 65535, for every type.
 * 3. OPENs: version, optional parameters, capabilities (section 6.2, RFC 5492).
 * 4. OPENs that are well formed but not acceptable: AS, identifier, hold time.
 * 5. UPDATEs: lengths, attributes, prefixes (section 6.3, RFC 6793, RFC 7606, RFC 7607).
 * 6. What looks wrong but is allowed is accepted.
 * 7. Every truncation of every message, with the lengths that contain it repaired or not, is
 *    refused or read as something shorter.
 * 8. NOTIFICATIONs that are too short.
 */

#include "hex-bytes.h"

#include "ns3/bgp-header.h"
#include "ns3/bgp-notification.h"
#include "ns3/bgp-open.h"
#include "ns3/bgp-update.h"
#include "ns3/test.h"

#include <string>
#include <variant>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// A marker.
const std::string MARKER(32, 'f');

/// A message and what to tell the peer about it.
struct MalformedCase
{
    const char* what; //!< what is wrong
    std::string hex;  //!< the body, or the header
    int code;         //!< of the NOTIFICATION
    int subcode;      //!< of the NOTIFICATION
    std::string data; //!< of the NOTIFICATION
};

/**
 * @ingroup keepalive-tests
 * @brief An UPDATE from its attributes.
 * @param attributes hexadecimal
 * @param prefixes hexadecimal
 * @return its body, hexadecimal
 */
std::string
Make(const std::string& attributes, const std::string& prefixes = "080a")
{
    const std::size_t size = ToBytes(attributes).size();
    return "0000" + ToHex({static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)}) +
           attributes + prefixes;
}

/// A test case about errors.
class MalformedTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit MalformedTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /**
     * @brief Compare an error.
     * @param error what was found; null for nothing
     * @param test what is expected
     */
    void Expect(const BgpError* error, const MalformedCase& test)
    {
        NS_TEST_ASSERT_MSG_EQ((error != nullptr), true, test.what << ": refused");
        NS_TEST_EXPECT_MSG_EQ(+error->code, test.code, test.what << ": code");
        NS_TEST_EXPECT_MSG_EQ(+error->subcode, test.subcode, test.what << ": subcode");
        NS_TEST_EXPECT_MSG_EQ(ToHex(error->data), ToHex(ToBytes(test.data)), test.what << ": data");

        // It can be told.
        const std::vector<uint8_t> message = BgpNotification{*error}.Encode();
        const auto again =
            BgpNotification::Decode(&message[BgpHeader::SIZE], message.size() - BgpHeader::SIZE);
        NS_TEST_ASSERT_MSG_EQ(again.has_value(), true, test.what << ": told");
        NS_TEST_EXPECT_MSG_EQ((again->error == *error), true, test.what << ": told");
        NS_TEST_EXPECT_MSG_EQ(again->Describe().empty(), false, test.what << ": described");
    }
};

/// 1. Headers.
class MalformedHeaderTest : public MalformedTestCase
{
  public:
    MalformedHeaderTest()
        : MalformedTestCase("malformed headers")
    {
    }

  private:
    void DoRun() override
    {
        const MalformedCase cases[] = {
            {"first byte of the marker", "7f" + MARKER.substr(2) + "001304", 1, 1, ""},
            {"last byte of the marker", MARKER.substr(2) + "fe" + "001304", 1, 1, ""},
            {"marker of zeros", std::string(32, '0') + "001304", 1, 1, ""},
            {"marker before length", std::string(32, '0') + "000009", 1, 1, ""},
            {"no length", MARKER + "000004", 1, 2, "0000"},
            {"shorter than a header", MARKER + "001204", 1, 2, "0012"},
            {"short OPEN", MARKER + "001c01", 1, 2, "001c"},
            {"short UPDATE", MARKER + "001602", 1, 2, "0016"},
            {"short NOTIFICATION", MARKER + "001403", 1, 2, "0014"},
            {"long KEEPALIVE", MARKER + "001404", 1, 2, "0014"},
            {"short ROUTE-REFRESH", MARKER + "001605", 1, 2, "0016"},
            {"longer than any message", MARKER + "100102", 1, 2, "1001"},
            {"longer still", MARKER + "ffff01", 1, 2, "ffff"},
            {"length before type", MARKER + "001200", 1, 2, "0012"},
            {"type 0", MARKER + "001300", 1, 3, "00"},
            {"type 6", MARKER + "001306", 1, 3, "06"},
            {"type 255", MARKER + "1000ff", 1, 3, "ff"},
        };
        for (const MalformedCase& test : cases)
        {
            const auto read = BgpHeader::Read(ToBytes(test.hex).data());
            Expect(std::get_if<BgpError>(&read), test);
        }
    }
};

/// 2. All lengths.
class HeaderLengthTest : public MalformedTestCase
{
  public:
    HeaderLengthTest()
        : MalformedTestCase("lengths that each type may have")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            uint8_t type;
            uint32_t shortest;
            uint32_t longest;
        };

        const Case cases[] = {{1, 29, 4096},
                              {2, 23, 4096},
                              {3, 21, 4096},
                              {4, 19, 19},
                              {5, 23, 4096}};
        std::vector<uint8_t> bytes = ToBytes(MARKER + "000000");
        for (const Case& test : cases)
        {
            for (uint32_t length = 0; length <= UINT16_MAX; length++)
            {
                bytes[16] = static_cast<uint8_t>(length >> 8);
                bytes[17] = static_cast<uint8_t>(length);
                bytes[18] = test.type;
                const auto read = BgpHeader::Read(bytes.data());
                const auto* header = std::get_if<BgpHeader>(&read);
                NS_TEST_ASSERT_MSG_EQ((header != nullptr),
                                      (length >= test.shortest && length <= test.longest),
                                      +test.type << ", " << length << " bytes");
                if (header)
                {
                    NS_TEST_EXPECT_MSG_EQ(header->length, length, "length");
                    NS_TEST_EXPECT_MSG_EQ(+static_cast<uint8_t>(header->type), +test.type, "type");
                }
            }
        }
    }
};

/// 3. OPENs.
class MalformedOpenTest : public MalformedTestCase
{
  public:
    MalformedOpenTest()
        : MalformedTestCase("malformed OPENs")
    {
    }

  private:
    void DoRun() override
    {
        const std::string fixed = "04 fe4c 00b4 0a0a0301 ";
        const MalformedCase cases[] = {
            {"version 3", "03 fe4c 00b4 0a0a0301 00", 2, 1, "0004"},
            {"version 5", "05 fe4c 00b4 0a0a0301 00", 2, 1, "0004"},
            {"version before parameters", "00 fe4c 00b4 0a0a0301 ff", 2, 1, "0004"},
            {"parameters missing", fixed + "01", 2, 0, ""},
            {"more than the parameters", fixed + "00 00", 2, 0, ""},
            {"a parameter behind the parameters", fixed + "00 0200", 2, 0, ""},
            {"half a parameter header", fixed + "01 02", 2, 0, ""},
            {"parameter too long", fixed + "02 02 01", 2, 0, ""},
            {"second parameter too long", fixed + "05 02 00 02 02 02", 2, 0, ""},
            {"parameter 1, deprecated", fixed + "03 01 01 00", 2, 4, ""},
            {"parameter 3", fixed + "04 02 00 03 00", 2, 4, ""},
            {"parameter 255, extended length", fixed + "02 ff 00", 2, 4, ""},
            {"half a capability header", fixed + "03 02 01 40", 2, 0, ""},
            {"capability too long", fixed + "05 02 03 40 02 00", 2, 0, ""},
            {"capability beyond its parameter", fixed + "06 02 02 40 02 00 00", 2, 0, ""},
            {"short multiprotocol", fixed + "07 02 05 01 03 000100", 2, 0, ""},
            {"long multiprotocol", fixed + "09 02 07 01 05 0001000100", 2, 0, ""},
            {"route refresh with a value", fixed + "05 02 03 02 01 00", 2, 0, ""},
            {"short AS", fixed + "06 02 04 41 02 fe4c", 2, 0, ""},
            {"long AS", fixed + "09 02 07 41 05 000000fe4c", 2, 0, ""},
            {"AS after others", fixed + "06 02 04 40 00 41 00", 2, 0, ""},
            {"not even the fixed part", "04 fe4c 00b4 0a0a0301", 2, 0, ""},
            {"nothing", "", 2, 0, ""},
        };
        for (const MalformedCase& test : cases)
        {
            const std::vector<uint8_t> body = ToBytes(test.hex);
            const auto read = BgpOpen::Decode(body.data(), body.size());
            Expect(std::get_if<BgpError>(&read), test);
        }
    }
};

/// 4. OPENs not acceptable.
class OpenCheckTest : public MalformedTestCase
{
  public:
    OpenCheckTest()
        : MalformedTestCase("OPENs that are not acceptable")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            MalformedCase expected; // code 0: acceptable
            uint32_t expectedAs;
            uint32_t ownIdentifier;
            uint32_t ownAs;
        };

        const uint32_t id = 0x0a0a0301;
        const Case cases[] = {
            {{"expected", "04 fe4c 00b4 0a0a0301 00", 0, 0, ""}, 65100, 1, 65200},
            {{"anyone", "04 fe4c 00b4 0a0a0301 00", 0, 0, ""}, 0, 1, 65200},
            {{"another AS", "04 fe4c 00b4 0a0a0301 00", 2, 2, "fe4c"}, 65101, 1, 65200},
            {{"AS 0", "04 0000 00b4 0a0a0301 00", 2, 2, "0000"}, 0, 1, 65200},
            {{"AS 0 as capability", "04 fe4c 00b4 0a0a0301 08 02064104 00000000", 2, 2, "fe4c"},
             0,
             1,
             65200},
            {{"AS of four octets", "04 5ba0 00b4 0a0a0301 08 02064104 00028001", 0, 0, ""},
             0x28001,
             1,
             65200},
            {{"another of four octets", "04 5ba0 00b4 0a0a0301 08 02064104 00028001", 2, 2, "5ba0"},
             0x28002,
             1,
             65200},
            {{"the capability counts", "04 fe4c 00b4 0a0a0301 08 02064104 00028001", 2, 2, "fe4c"},
             65100,
             1,
             65200},
            {{"identifier 0", "04 fe4c 00b4 00000000 00", 2, 3, ""}, 65100, 1, 65200},
            {{"our identifier inside an AS", "04 fe4c 00b4 0a0a0301 00", 2, 3, ""},
             65100,
             id,
             65100},
            {{"our identifier outside", "04 fe4c 00b4 0a0a0301 00", 0, 0, ""}, 65100, id, 65200},
            {{"multicast identifier", "04 fe4c 00b4 e0000001 00", 0, 0, ""}, 65100, id, 65100},
            {{"hold time 1", "04 fe4c 0001 0a0a0301 00", 2, 6, "0001"}, 65100, 1, 65200},
            {{"hold time 2", "04 fe4c 0002 0a0a0301 00", 2, 6, "0002"}, 65100, 1, 65200},
            {{"hold time 3", "04 fe4c 0003 0a0a0301 00", 0, 0, ""}, 65100, 1, 65200},
            {{"hold time 0", "04 fe4c 0000 0a0a0301 00", 0, 0, ""}, 65100, 1, 65200},
            {{"hold time 65535", "04 fe4c ffff 0a0a0301 00", 0, 0, ""}, 65100, 1, 65200},
            {{"all wrong: AS first", "04 fe4c 0001 00000000 00", 2, 2, "fe4c"}, 1, 1, 65200},
            {{"then the identifier", "04 fe4c 0001 00000000 00", 2, 3, ""}, 65100, 1, 65200},
        };
        for (const Case& test : cases)
        {
            const std::vector<uint8_t> body = ToBytes(test.expected.hex);
            const auto read = BgpOpen::Decode(body.data(), body.size());
            const auto* open = std::get_if<BgpOpen>(&read);
            NS_TEST_ASSERT_MSG_EQ((open != nullptr), true, test.expected.what << ": well formed");
            const auto error = open->Check(test.expectedAs, test.ownIdentifier, test.ownAs);
            if (test.expected.code == 0)
            {
                NS_TEST_EXPECT_MSG_EQ(error.has_value(), false, test.expected.what);
                continue;
            }
            Expect(error ? &*error : nullptr, test.expected);
        }
    }
};

/// 5. UPDATEs.
class MalformedUpdateTest : public MalformedTestCase
{
  public:
    MalformedUpdateTest()
        : MalformedTestCase("malformed UPDATEs")
    {
    }

  private:
    void DoRun() override
    {
        const std::string origin = "40010100";
        const std::string path = "400206 0201 0000fe4c";
        const std::string path2 = "400204 0201 fe4c";
        const std::string hop = "400304 01010101";
        const std::string all = origin + path + hop;
        const std::string unknown = "c0200401020304";

        const MalformedCase cases[] = {
            // Lengths.
            {"half a length", "00", 3, 1, ""},
            {"no attributes' length", "0000", 3, 1, ""},
            {"withdrawn beyond the end", "0003 0000", 3, 1, ""},
            {"withdrawn over the other length", "0001 0000", 3, 1, ""},
            {"attributes beyond the end", "0000 0001", 3, 1, ""},
            {"both beyond the end", "0002 080a 0005 40010100", 3, 1, ""},
            {"half an attribute header", Make(all + "40"), 3, 1, ""},
            {"attribute header without length", Make(all + "c020"), 3, 1, ""},
            {"half an extended length", Make(all + "d02000"), 3, 1, ""},
            {"attribute beyond the end", Make(all + "c02002 01"), 3, 1, ""},
            {"extended attribute beyond the end", Make(all + "d0200100" + "01"), 3, 1, ""},
            {"ORIGIN twice", Make(all + origin), 3, 1, ""},
            {"an unknown one twice", Make(all + unknown + unknown), 3, 1, ""},

            // Attributes not known that should be.
            {"well-known 0", Make(all + "400000"), 3, 2, "400000"},
            {"well-known 8", Make(all + "40080401020304"), 3, 2, "40080401020304"},
            {"well-known 255, extended", Make("50ff0001aa" + all), 3, 2, "50ff0001aa"},
            {"well-known without prefixes", Make("400801aa", ""), 3, 2, "400801aa"},

            // Attributes missing.
            {"no attributes", Make(""), 3, 3, "01"},
            {"no ORIGIN", Make(path + hop), 3, 3, "01"},
            {"no AS_PATH", Make(origin + hop), 3, 3, "02"},
            {"no NEXT_HOP", Make(origin + path), 3, 3, "03"},
            {"neither AS_PATH nor NEXT_HOP", Make(origin), 3, 3, "02"},
            {"only an unknown one", Make(unknown), 3, 3, "01"},

            // Flags.
            {"ORIGIN optional", Make("c0010100" + path + hop), 3, 4, "c0010100"},
            {"ORIGIN not transitive", Make("00010100" + path + hop), 3, 4, "00010100"},
            {"ORIGIN partial", Make("60010100" + path + hop), 3, 4, "60010100"},
            {"AS_PATH optional", Make(origin + "c00200" + hop), 3, 4, "c00200"},
            {"NEXT_HOP not transitive", Make("00030401010101"), 3, 4, "00030401010101"},
            {"MULTI_EXIT_DISC well-known", Make(all + "40040400000000"), 3, 4, "40040400000000"},
            {"MULTI_EXIT_DISC transitive", Make(all + "c0040400000000"), 3, 4, "c0040400000000"},
            {"MULTI_EXIT_DISC partial", Make(all + "a0040400000000"), 3, 4, "a0040400000000"},
            {"LOCAL_PREF optional", Make(all + "c0050400000064"), 3, 4, "c0050400000064"},
            {"ATOMIC_AGGREGATE optional", Make(all + "c00600"), 3, 4, "c00600"},
            {"AGGREGATOR well-known",
             Make(all + "40070800000001" + "01010101"),
             3,
             4,
             "4007080000000101010101"},
            {"AGGREGATOR not transitive",
             Make(all + "80070800000001" + "01010101"),
             3,
             4,
             "8007080000000101010101"},
            {"flags before length", Make("c0010200ff" + path + hop), 3, 4, "c0010200ff"},

            // Lengths of attributes.
            {"empty ORIGIN", Make("400100" + path + hop), 3, 5, "400100"},
            {"long ORIGIN", Make("4001020000" + path + hop), 3, 5, "4001020000"},
            {"long ORIGIN, extended", Make("500100020000" + path + hop), 3, 5, "500100020000"},
            {"short NEXT_HOP", Make(origin + path + "400303010101"), 3, 5, "400303010101"},
            {"long NEXT_HOP", Make(origin + path + "4003050101010101"), 3, 5, "4003050101010101"},
            {"short MULTI_EXIT_DISC", Make(all + "800403000000"), 3, 5, "800403000000"},
            {"long LOCAL_PREF", Make(all + "4005050000006400"), 3, 5, "4005050000006400"},
            {"long ATOMIC_AGGREGATE", Make(all + "40060100"), 3, 5, "40060100"},
            {"AGGREGATOR of two octets",
             Make(all + "c00706000101010101"),
             3,
             5,
             "c00706000101010101"},

            // Values.
            {"ORIGIN 3", Make("40010103" + path + hop), 3, 6, "40010103"},
            {"ORIGIN 255", Make("400101ff" + path + hop), 3, 6, "400101ff"},
            {"NEXT_HOP 0.0.0.0", Make(origin + path + "40030400000000"), 3, 8, "40030400000000"},
            {"NEXT_HOP 0.1.2.3", Make(origin + path + "40030400010203"), 3, 8, "40030400010203"},
            {"NEXT_HOP 127.0.0.1", Make(origin + path + "4003047f000001"), 3, 8, "4003047f000001"},
            {"NEXT_HOP 224.0.0.1", Make(origin + path + "400304e0000001"), 3, 8, "400304e0000001"},
            {"NEXT_HOP broadcast", Make(origin + path + "400304ffffffff"), 3, 8, "400304ffffffff"},
            {"AGGREGATOR in AS 0",
             Make(all + "c007080000000001010101"),
             3,
             9,
             "c007080000000001010101"},

            // Prefixes.
            {"prefix of 33 bits", Make(all, "210a00000000"), 3, 10, ""},
            {"prefix of 255 bits", Make(all, "ff" + std::string(64, '0')), 3, 10, ""},
            {"prefix cut", Make(all, "180a00"), 3, 10, ""},
            {"second prefix cut", Make(all, "080a01"), 3, 10, ""},
            {"withdrawn prefix of 33 bits", "0006 210a00000000 0000", 3, 10, ""},
            {"withdrawn prefix cut", "0002 100a 0000", 3, 10, ""},
            {"withdrawn before attributes", "0002 100a 0003 400100", 3, 10, ""},

            // AS_PATH.
            {"segment of type 0", Make(origin + "400206 0001 0000fe4c" + hop), 3, 11, ""},
            {"confederation", Make(origin + "400206 0301 0000fe4c" + hop), 3, 11, ""},
            {"confederation set", Make(origin + "400206 0401 0000fe4c" + hop), 3, 11, ""},
            {"half a segment header", Make(origin + "400207 0201 0000fe4c 02" + hop), 3, 11, ""},
            {"segment of no AS", Make(origin + "400202 0200" + hop), 3, 11, ""},
            {"segment beyond the end", Make(origin + "400206 0202 0000fe4c" + hop), 3, 11, ""},
            {"half an AS", Make(origin + "400205 0201 0000fe" + hop), 3, 11, ""},
            {"AS_PATH of two octets", Make(origin + path2 + hop), 3, 11, ""},
            {"AS 0", Make(origin + "40020a 0202 0000fe4c 00000000" + hop), 3, 11, ""},
            {"AS_PATH without prefixes", Make("400202 0200", ""), 3, 11, ""},
        };
        for (const MalformedCase& test : cases)
        {
            const std::vector<uint8_t> body = ToBytes(test.hex);
            const auto read = BgpUpdate::Decode(body.data(), body.size(), true, false);
            Expect(std::get_if<BgpError>(&read), test);
        }

        // With two octets per AS.
        const MalformedCase old[] = {
            {"AS_PATH of four octets", Make(origin + path + hop), 3, 11, ""},
            {"AS 0", Make(origin + "400204 0201 0000" + hop), 3, 11, ""},
            {"AGGREGATOR of four octets",
             Make(origin + path2 + hop + "c007080000000101010101"),
             3,
             5,
             "c007080000000101010101"},
            {"AGGREGATOR in AS 0",
             Make(origin + path2 + hop + "c00706000001010101"),
             3,
             9,
             "c00706000001010101"},
        };
        for (const MalformedCase& test : old)
        {
            const std::vector<uint8_t> body = ToBytes(test.hex);
            const auto read = BgpUpdate::Decode(body.data(), body.size(), false, true);
            Expect(std::get_if<BgpError>(&read), test);
        }

        // A peer that is not the first of its path.
        const std::vector<uint8_t> body = ToBytes(Make(all));
        const auto read = BgpUpdate::Decode(body.data(), body.size(), true, true);
        const auto* update = std::get_if<BgpUpdate>(&read);
        NS_TEST_ASSERT_MSG_EQ((update != nullptr), true, "well formed");
        NS_TEST_EXPECT_MSG_EQ(update->CheckNeighborAs(65100).has_value(), false, "first");
        const auto error = update->CheckNeighborAs(65200);
        Expect(error ? &*error : nullptr, {"another is the first", "", 3, 11, ""});
        BgpUpdate changed = *update;
        changed.attributes->asPath[0].type = BgpPathAttributes::Segment::Type::AS_SET;
        NS_TEST_EXPECT_MSG_EQ(changed.CheckNeighborAs(65100).has_value(), true, "one of a set");
        changed.attributes->asPath.clear();
        NS_TEST_EXPECT_MSG_EQ(changed.CheckNeighborAs(65100).has_value(), true, "no path");
        changed.announced.clear();
        NS_TEST_EXPECT_MSG_EQ(changed.CheckNeighborAs(65100).has_value(), false, "no route");
    }
};

/// 6. What is allowed.
class TolerantTest : public MalformedTestCase
{
  public:
    TolerantTest()
        : MalformedTestCase("what looks wrong but is allowed")
    {
    }

  private:
    /**
     * @brief Read an UPDATE that must be well formed.
     * @param hex the body
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @param external whether the peer is in another AS
     * @return the UPDATE
     */
    BgpUpdate Accept(const std::string& hex, bool fourOctetAs = true, bool external = true)
    {
        const std::vector<uint8_t> body = ToBytes(hex);
        const auto read = BgpUpdate::Decode(body.data(), body.size(), fourOctetAs, external);
        const auto* update = std::get_if<BgpUpdate>(&read);
        NS_TEST_EXPECT_MSG_EQ((update != nullptr), true, hex);
        return update ? *update : BgpUpdate();
    }

    void DoRun() override
    {
        const std::string origin = "40010100";
        const std::string path = "400206 0201 0000fe4c";
        const std::string path2 = "400204 0201 fe4c";
        const std::string hop = "400304 01010101";
        const std::string all = origin + path + hop;
        const BgpUpdate plain = Accept(Make(all));
        NS_TEST_EXPECT_MSG_EQ(plain.attributes->GetNeighborAs(), 65100, "as it should be");

        // Flags without a meaning, an extended length for a short value, any order.
        BgpUpdate update = Accept(Make("5f03000401010101 4f0206 0201 0000fe4c 5001000100"));
        NS_TEST_EXPECT_MSG_EQ((update == plain), true, "flags and order");

        // Bits of a prefix that its length leaves open.
        update = Accept("0003 10ffff" + Make(all, "090aff 00 20 01020304").substr(4));
        NS_TEST_EXPECT_MSG_EQ((update.withdrawn == std::vector<BgpPrefix>{{0xffff0000, 16}}),
                              true,
                              "withdrawn");
        NS_TEST_EXPECT_MSG_EQ(
            (update.announced == std::vector<BgpPrefix>{{0x0a800000, 9}, {0, 0}, {0x01020304, 32}}),
            true,
            "announced");

        // Attributes without prefixes need not be complete, and are no End-of-RIB: MP_UNREACH_NLRI
        // of IPv6 is one.
        update = Accept(Make("800f03000201", ""));
        NS_TEST_EXPECT_MSG_EQ(update.IsEndOfRib(), false, "of IPv6");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->unknown.size(), 1, "kept");
        NS_TEST_EXPECT_MSG_EQ(Accept("0000 0000").IsEndOfRib(), true, "of IPv4");
        NS_TEST_EXPECT_MSG_EQ(Accept("0001 00 0000").IsEndOfRib(), false, "no default route");

        // LOCAL_PREF counts inside an AS only.
        const std::string preferred = Make(all + "40050400000064");
        NS_TEST_EXPECT_MSG_EQ((Accept(preferred) == plain), true, "ignored");
        update = Accept(preferred, true, false);
        NS_TEST_EXPECT_MSG_EQ(update.attributes->localPref.value_or(0), 100, "not ignored");

        // An empty path: a route from inside the AS.
        update = Accept(Make(origin + "400200" + hop), true, false);
        NS_TEST_EXPECT_MSG_EQ(update.attributes->asPath.size(), 0, "empty");

        // The last addresses that a router can have in each block.
        for (const uint32_t address : {0x01000000U, 0x7effffffU, 0x80000000U, 0xdfffffffU})
        {
            const std::string hex = ToHex({static_cast<uint8_t>(address >> 24),
                                           static_cast<uint8_t>(address >> 16),
                                           static_cast<uint8_t>(address >> 8),
                                           static_cast<uint8_t>(address)});
            update = Accept(Make(origin + path + "400304" + hex));
            NS_TEST_EXPECT_MSG_EQ(update.attributes->nextHop, address, hex);
        }

        // Not understood: kept, by type, and the partial bit of an AGGREGATOR is nobody's business.
        update = Accept(Make("ff2000010a 800800" + all + "e007080000000101010101"));
        NS_TEST_ASSERT_MSG_EQ(update.attributes->unknown.size(), 2, "kept");
        NS_TEST_EXPECT_MSG_EQ(+update.attributes->unknown[0].type, 8, "by type");
        NS_TEST_EXPECT_MSG_EQ(+update.attributes->unknown[1].flags, 0xf0, "meaningful flags");
        NS_TEST_EXPECT_MSG_EQ(ToHex(update.attributes->unknown[1].value), "0a", "value");
        NS_TEST_EXPECT_MSG_EQ(update.attributes->aggregator->as, 1, "AGGREGATOR");

        // Malformed AS4_PATH and AS4_AGGREGATOR are ignored (RFC 6793 section 6), and so are good
        // ones among speakers of four octets.
        const BgpUpdate old = Accept(Make(origin + path2 + hop), false);
        const char* const ignored[] = {
            "c01100",                   // empty
            "c01101 02",                // half a header
            "c01102 0200",              // no AS
            "c01106 0201 00000000",     // AS 0
            "c01106 0301 00028001",     // confederation
            "c01106 0202 00028001",     // too short
            "c01104 0201 0002",         // of two octets
            "c01200",                   // empty
            "c01206 0001 01010101",     // of two octets
            "c01208 00028001 01010101", // without AGGREGATOR
        };
        for (const char* const hex : ignored)
        {
            update = Accept(Make(origin + path2 + hop + hex), false);
            NS_TEST_EXPECT_MSG_EQ((update == old), true, hex);
        }
        for (const char* const hex : {"c01106 0201 00028001 c01208 00028001 01010101",
                                      "401100",  // well-known
                                      "801200"}) // not transitive
        {
            update = Accept(Make(all + hex), true);
            NS_TEST_EXPECT_MSG_EQ((update == plain), true, "four octets: " << hex);
        }
        // Of a path, what belongs to a confederation is left out, and the rest counts.
        update = Accept(Make(origin + "400206 0202 fe4c 5ba0" + hop +
                             "c01110 0301 0000fde8 0202 0000fe4c 00028001"),
                        false);
        NS_TEST_ASSERT_MSG_EQ(update.attributes->asPath.size(), 1, "one segment");
        NS_TEST_EXPECT_MSG_EQ(
            (update.attributes->asPath[0].numbers == std::vector<uint32_t>{65100, 163841}),
            true,
            "the numbers of four octets");
        update =
            Accept(Make(origin + path2 + hop + "c00706 5ba0 01010101 c01208 00000000 02020202"),
                   false);
        NS_TEST_EXPECT_MSG_EQ(update.attributes->aggregator->as, 23456, "AS 0 is ignored");
    }
};

/// 7. Truncations.
class TruncationTest : public MalformedTestCase
{
  public:
    TruncationTest()
        : MalformedTestCase("truncated messages")
    {
    }

  private:
    void DoRun() override
    {
        // All attributes that are understood, and two that are not.
        const std::string attributes =
            "40010102 400210 0201 0000fe4c 0102 00028001 00000001"
            "40030401010101 80040400000001 40050400000064 400600 c007080000000101010101"
            "c00804 00010002 d02000010a";
        std::vector<uint8_t> update = ToBytes("0003 100a01" + Make(attributes, "080a").substr(4));
        const auto whole = BgpUpdate::Decode(update.data(), update.size(), true, false);
        NS_TEST_ASSERT_MSG_EQ(std::holds_alternative<BgpUpdate>(whole), true, "well formed");
        std::size_t read = 0;
        for (std::size_t size = 0; size < update.size(); size++)
        {
            // In a buffer of its own, so that a sanitizer sees what is read behind it.
            const std::vector<uint8_t> cut(update.begin(),
                                           update.begin() + static_cast<std::ptrdiff_t>(size));
            const auto result = BgpUpdate::Decode(cut.data(), cut.size(), true, false);
            if (const auto* error = std::get_if<BgpError>(&result))
            {
                NS_TEST_EXPECT_MSG_EQ(+error->code, 3, size << " bytes");
                continue;
            }
            read++;
            NS_TEST_EXPECT_MSG_EQ(size, update.size() - 2, "only the prefix can be missing");
        }
        NS_TEST_EXPECT_MSG_EQ(read, 1, "one");

        // With the length of the attributes repaired, cuts between two of them are well formed.
        const std::vector<uint8_t> field = ToBytes(attributes);
        read = 0;
        for (std::size_t size = 0; size <= field.size(); size++)
        {
            std::vector<uint8_t> body = {0, 0, 0, static_cast<uint8_t>(size)};
            body.insert(body.end(),
                        field.begin(),
                        field.begin() + static_cast<std::ptrdiff_t>(size));
            const auto result = BgpUpdate::Decode(body.data(), body.size(), true, false);
            read += std::holds_alternative<BgpUpdate>(result) ? 1 : 0;
        }
        NS_TEST_EXPECT_MSG_EQ(read, 10, "none, and after each of nine");

        const std::vector<uint8_t> open =
            ToBytes("04 fe4c 00b4 0a0a0301 12 0206010400010001 02028000 02024000 0200");
        NS_TEST_EXPECT_MSG_EQ(
            std::holds_alternative<BgpOpen>(BgpOpen::Decode(open.data(), open.size())),
            true,
            "well formed");
        read = 0;
        for (std::size_t size = 0; size < open.size(); size++)
        {
            std::vector<uint8_t> cut(open.begin(),
                                     open.begin() + static_cast<std::ptrdiff_t>(size));
            auto result = BgpOpen::Decode(cut.data(), cut.size());
            NS_TEST_EXPECT_MSG_EQ(std::holds_alternative<BgpError>(result), true, size << " bytes");
            if (size >= 10)
            {
                cut[9] = static_cast<uint8_t>(size - 10);
                result = BgpOpen::Decode(cut.data(), cut.size());
                read += std::holds_alternative<BgpOpen>(result) ? 1 : 0;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(read, 4, "none, and after each of three");
    }
};

/// 8. NOTIFICATIONs.
class ShortNotificationTest : public MalformedTestCase
{
  public:
    ShortNotificationTest()
        : MalformedTestCase("NOTIFICATIONs that are too short")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<uint8_t> body = {6, 2, 0};
        NS_TEST_EXPECT_MSG_EQ(BgpNotification::Decode(body.data(), 0).has_value(), false, "0");
        NS_TEST_EXPECT_MSG_EQ(BgpNotification::Decode(body.data(), 1).has_value(), false, "1");
        NS_TEST_EXPECT_MSG_EQ(BgpNotification::Decode(body.data(), 2).has_value(), true, "2");
        NS_TEST_EXPECT_MSG_EQ(BgpNotification::Decode(body.data(), 3)->error.data.size(), 1, "3");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BgpMalformedTestSuite : public TestSuite
{
  public:
    BgpMalformedTestSuite()
        : TestSuite("keepalive-bgp-malformed")
    {
        AddTestCase(new MalformedHeaderTest);
        AddTestCase(new HeaderLengthTest);
        AddTestCase(new MalformedOpenTest);
        AddTestCase(new OpenCheckTest);
        AddTestCase(new MalformedUpdateTest);
        AddTestCase(new TolerantTest);
        AddTestCase(new TruncationTest);
        AddTestCase(new ShortNotificationTest);
    }
};

BgpMalformedTestSuite g_bgpMalformedTestSuite; //!< registers itself

} // namespace
