/* SPDX-License-Identifier: GPL-2.0-only */

#include "hex-bytes.h"

#include "ns3/ethernet-header.h"
#include "ns3/ethernet-loop-header.h"
#include "ns3/packet.h"
#include "ns3/test.h"

#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief EthernetLoopHeader against captured frames, and against bytes that make no sense.
 *
 * Behaviours:
 *  1. a new header with its padding is the keepalive of IOS, byte by byte
 *  2. every captured frame is read to the right fields, and encodes to the same bytes
 *  3. Skip makes of each captured frame the one that the capture shows next, and says where to
 *  4. the multi-hop request of the capture can be built from its parts
 *  5. a malformed message consumes nothing, has its reason, and leaves nothing of itself
 *  6. of what is not yet, or no longer, anybody's turn nothing is demanded, and every byte is kept
 */

namespace ns3
{
namespace keepalive
{
namespace
{

/// A captured frame without its FCS, and what it says.
struct Frame
{
    std::string name;     //!< capture and number
    std::string mac;      //!< MAC header
    std::string payload;  //!< what follows, up to the data
    std::string fill;     //!< a byte of the data
    uint32_t data;        //!< bytes of data
    uint16_t skipCount;   //!< skip count
    std::size_t forwards; //!< Forward Data messages
    std::string forward;  //!< where to send it; empty for a Reply
    uint16_t receipt;     //!< receipt number
    std::string printed;  //!< as text
};

/**
 * @brief The captured frames.
 *
 * packetlife-Ethernet_keepalives frame 1, of IOS on hardware; tcpdump's tests/various_gre.pcap
 * frame 1, of IOS on Linux, which pads to 64 bytes; tcpdump's tests/loopback.pcap frames 1 to 6, of
 * DECnet hosts: a ping to ...69:04, and one through 69:04, 6a:04 and 69:04 again.
 *
 * @return the frames
 */
const std::vector<Frame>&
GetFrames()
{
    const std::string one = "0200 aa0004001d04 0100 0100";
    const std::string two = "0200 aa0004006a04 0200 aa0004006904 0200 aa0004001d04 0100 0200";
    const std::string d1 = "aa0004001d04";
    const std::string d2 = "aa0004006904";
    const std::string d3 = "aa0004006a04";
    static const std::vector<Frame> frames = {
        {"IOS",
         "001906eab885 001906eab885 9000",
         "0000 0100 0000",
         "00",
         40,
         0,
         0,
         "",
         0,
         "skip 0 reply 0"},
        {"IOL",
         "aabbcc000200 aabbcc000200 9000",
         "0000 0100 0000",
         "00",
         44,
         0,
         0,
         "",
         0,
         "skip 0 reply 0"},
        {"ping",
         d2 + d1 + "9000",
         "0000" + one,
         "55",
         40,
         0,
         1,
         "aa:00:04:00:1d:04",
         1,
         "skip 0 forward to aa:00:04:00:1d:04 reply 1"},
        {"ping answered", d1 + d2 + "9000", "0800" + one, "55", 40, 8, 1, "", 1, "skip 8 reply 1"},
        {"hop 1",
         d2 + d1 + "9000",
         "0000" + two,
         "55",
         40,
         0,
         3,
         "aa:00:04:00:6a:04",
         2,
         "skip 0 forward to aa:00:04:00:6a:04 forward to aa:00:04:00:69:04 forward to "
         "aa:00:04:00:1d:04 reply 2"},
        {"hop 2",
         d3 + d2 + "9000",
         "0800" + two,
         "55",
         40,
         8,
         3,
         "aa:00:04:00:69:04",
         2,
         "skip 8 forward to aa:00:04:00:69:04 forward to aa:00:04:00:1d:04 reply 2"},
        {"hop 3",
         d2 + d3 + "9000",
         "1000" + two,
         "55",
         40,
         16,
         3,
         "aa:00:04:00:1d:04",
         2,
         "skip 16 forward to aa:00:04:00:1d:04 reply 2"},
        {"hop 4", d1 + d2 + "9000", "1800" + two, "55", 40, 24, 3, "", 2, "skip 24 reply 2"}};
    return frames;
}

/**
 * @brief The payload of a captured frame.
 * @param frame the frame
 * @return everything behind the MAC header
 */
std::vector<uint8_t>
GetPayload(const Frame& frame)
{
    std::vector<uint8_t> payload = ToBytes(frame.payload);
    payload.insert(payload.end(), frame.data, ToBytes(frame.fill).front());
    return payload;
}

/**
 * @brief A packet of bytes.
 * @param bytes the bytes
 * @return the packet
 */
Ptr<Packet>
ToPacket(const std::vector<uint8_t>& bytes)
{
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

/**
 * @brief The bytes of a packet.
 * @param packet the packet
 * @return its bytes as hexadecimal text
 */
std::string
ToHex(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return keepalive::ToHex(bytes);
}

/// Behaviour 1.
class NewHeaderTestCase : public TestCase
{
  public:
    NewHeaderTestCase()
        : TestCase("A new header with its padding is the keepalive of IOS")
    {
    }

  private:
    void DoRun() override
    {
        const EthernetLoopHeader header;
        NS_TEST_EXPECT_MSG_EQ((header.GetFunction() == EthernetLoopHeader::Function::REPLY),
                              true,
                              "a keepalive is a Reply");
        Ptr<Packet> packet =
            Create<Packet>(EthernetLoopHeader::MIN_PAYLOAD - header.GetSerializedSize());
        packet->AddHeader(header);
        EthernetHeader mac(false);
        mac.SetSource(Mac48Address("00:19:06:ea:b8:85"));
        mac.SetDestination(Mac48Address("00:19:06:ea:b8:85"));
        mac.SetLengthType(EthernetLoopHeader::ETHER_TYPE);
        packet->AddHeader(mac);
        const Frame& captured = GetFrames().front();
        const std::string expected =
            keepalive::ToHex(ToBytes(captured.mac)) + keepalive::ToHex(GetPayload(captured));
        NS_TEST_EXPECT_MSG_EQ(packet->GetSize(), 60, "bytes without FCS");
        NS_TEST_EXPECT_MSG_EQ(ToHex(packet), expected, "the captured frame");
    }
};

/// Behaviour 2.
class CaptureTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param frame the frame
     */
    explicit CaptureTestCase(const Frame& frame)
        : TestCase("Read, and write again: " + frame.name),
          m_frame(frame)
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<uint8_t> bytes = GetPayload(m_frame);
        Ptr<Packet> packet = ToPacket(bytes);
        EthernetLoopHeader header;
        header.AddForward(Mac48Address("00:00:00:00:00:09")); // must be forgotten
        const uint32_t consumed = packet->RemoveHeader(header);
        NS_TEST_ASSERT_MSG_EQ(header.GetError().has_value(), false, "it is well formed");
        NS_TEST_EXPECT_MSG_EQ(consumed, header.GetSerializedSize(), "size of the header");
        NS_TEST_EXPECT_MSG_EQ(packet->GetSize(), m_frame.data, "bytes of data");
        NS_TEST_EXPECT_MSG_EQ(header.GetSkipCount(), m_frame.skipCount, "skip count");
        NS_TEST_EXPECT_MSG_EQ(header.GetNForwards(), m_frame.forwards, "Forward Data messages");
        NS_TEST_EXPECT_MSG_EQ((header.GetFunction() == EthernetLoopHeader::Function::REPLY),
                              m_frame.forward.empty(),
                              "function");
        NS_TEST_EXPECT_MSG_EQ(header.GetForwardAddress().has_value(),
                              !m_frame.forward.empty(),
                              "whether there is a forward address");
        if (header.GetForwardAddress() && !m_frame.forward.empty())
        {
            NS_TEST_EXPECT_MSG_EQ(*header.GetForwardAddress(),
                                  Mac48Address(m_frame.forward.c_str()),
                                  "forward address");
        }
        NS_TEST_ASSERT_MSG_EQ(header.GetReceiptNumber().has_value(), true, "there is a Reply");
        NS_TEST_EXPECT_MSG_EQ(*header.GetReceiptNumber(), m_frame.receipt, "receipt number");
        std::ostringstream printed;
        header.Print(printed);
        NS_TEST_EXPECT_MSG_EQ(printed.str(), m_frame.printed, "as text");
        packet->AddHeader(header);
        NS_TEST_EXPECT_MSG_EQ(ToHex(packet), keepalive::ToHex(bytes), "the same bytes again");
    }

    Frame m_frame; //!< the frame
};

/// Behaviour 3.
class SkipTestCase : public TestCase
{
  public:
    SkipTestCase()
        : TestCase("Skip makes of each captured frame the one that the capture shows next")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<Frame>& frames = GetFrames();
        uint32_t hops = 0;
        for (std::size_t i = 0; i < frames.size(); i++)
        {
            Ptr<Packet> packet = ToPacket(GetPayload(frames[i]));
            EthernetLoopHeader header;
            packet->RemoveHeader(header);
            const std::optional<Mac48Address> to = header.Skip();
            NS_TEST_EXPECT_MSG_EQ(to.has_value(), !frames[i].forward.empty(), frames[i].name);
            packet->AddHeader(header);
            if (!to)
            {
                NS_TEST_EXPECT_MSG_EQ(ToHex(packet),
                                      keepalive::ToHex(GetPayload(frames[i])),
                                      "a Reply has nothing to skip");
                continue;
            }
            hops++;
            const Frame& next = frames[i + 1];
            NS_TEST_EXPECT_MSG_EQ(ToHex(packet),
                                  keepalive::ToHex(GetPayload(next)),
                                  "what follows " << frames[i].name);
            Ptr<Packet> mac = ToPacket(ToBytes(next.mac));
            EthernetHeader ethernet(false);
            mac->RemoveHeader(ethernet);
            NS_TEST_EXPECT_MSG_EQ(*to, ethernet.GetDestination(), "sent to " << next.name);
        }
        NS_TEST_EXPECT_MSG_EQ(hops, 4, "frames that were forwarded");
    }
};

/// Behaviour 4.
class BuildTestCase : public TestCase
{
  public:
    BuildTestCase()
        : TestCase("The multi-hop request of the capture, built from its parts")
    {
    }

  private:
    void DoRun() override
    {
        EthernetLoopHeader header;
        header.SetReply(2);
        header.AddForward(Mac48Address("aa:00:04:00:6a:04"));
        header.AddForward(Mac48Address("aa:00:04:00:69:04"));
        header.AddForward(Mac48Address("aa:00:04:00:1d:04"));
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(header);
        NS_TEST_EXPECT_MSG_EQ(ToHex(packet),
                              keepalive::ToHex(ToBytes(GetFrames()[4].payload)),
                              "the captured header");
        NS_TEST_EXPECT_MSG_EQ(header.GetSerializedSize(), 30, "2 + 3 * 8 + 4 bytes");
    }
};

/// Behaviour 5.
class MalformedTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name what is wrong
     * @param hex the bytes
     * @param error the reason
     */
    MalformedTestCase(const std::string& name, const std::string& hex, DropReason error)
        : TestCase("Malformed: " + name),
          m_hex(hex),
          m_error(error)
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<uint8_t> bytes = ToBytes(m_hex);
        Ptr<Packet> packet = ToPacket(bytes);
        EthernetLoopHeader header;
        header.SetReply(7);
        NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header), 0, "nothing is consumed");
        NS_TEST_EXPECT_MSG_EQ(packet->GetSize(), bytes.size(), "the packet is as it was");
        NS_TEST_ASSERT_MSG_EQ(header.GetError().has_value(), true, "there is an error");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(*header.GetError())),
                              std::string(ToString(m_error)),
                              "the reason");
        NS_TEST_EXPECT_MSG_EQ(header.GetSkipCount(), 0, "no skip count is left");
        NS_TEST_EXPECT_MSG_EQ(header.GetNForwards(), 0, "no message is left");
        NS_TEST_EXPECT_MSG_EQ(header.GetReceiptNumber().value_or(9), 0, "no number is left");

        // The next good one is none the worse for it.
        ToPacket(ToBytes("0000 0100 0500"))->RemoveHeader(header);
        NS_TEST_EXPECT_MSG_EQ(header.GetError().has_value(), false, "no error is left");
        NS_TEST_EXPECT_MSG_EQ(header.GetReceiptNumber().value_or(9), 5, "the good number");
    }

    std::string m_hex;  //!< the bytes
    DropReason m_error; //!< the reason
};

/// Behaviour 6.
class LenientTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name what does not matter
     * @param hex the bytes
     * @param size bytes of them that are the header
     * @param receipt receipt number, none if no Reply can be read
     */
    LenientTestCase(const std::string& name,
                    const std::string& hex,
                    uint32_t size,
                    std::optional<uint16_t> receipt)
        : TestCase("Nobody's turn: " + name),
          m_hex(hex),
          m_size(size),
          m_receipt(receipt)
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<uint8_t> bytes = ToBytes(m_hex);
        Ptr<Packet> packet = ToPacket(bytes);
        EthernetLoopHeader header;
        NS_TEST_EXPECT_MSG_EQ(packet->RemoveHeader(header), m_size, "size of the header");
        NS_TEST_EXPECT_MSG_EQ(header.GetError().has_value(), false, "it is well formed");
        NS_TEST_EXPECT_MSG_EQ((header.GetReceiptNumber() == m_receipt), true, "receipt number");
        packet->AddHeader(header);
        NS_TEST_EXPECT_MSG_EQ(ToHex(packet), keepalive::ToHex(bytes), "the same bytes again");
    }

    std::string m_hex;                 //!< the bytes
    uint32_t m_size;                   //!< bytes of the header
    std::optional<uint16_t> m_receipt; //!< receipt number
};

/// The suite.
class EthernetLoopHeaderTestSuite : public TestSuite
{
  public:
    EthernetLoopHeaderTestSuite()
        : TestSuite("keepalive-ethernet-loop-header")
    {
        AddTestCase(new NewHeaderTestCase);
        for (const auto& frame : GetFrames())
        {
            AddTestCase(new CaptureTestCase(frame));
        }
        AddTestCase(new SkipTestCase);
        AddTestCase(new BuildTestCase);

        const std::string address = "aa0004001d04";
        const DropReason truncated = DropReason::TRUNCATED;
        const DropReason length = DropReason::BAD_LENGTH;
        const DropReason unknown = DropReason::UNKNOWN_MESSAGE;
        AddTestCase(new MalformedTestCase("nothing at all", "", truncated));
        AddTestCase(new MalformedTestCase("half a skip count", "00", truncated));
        AddTestCase(new MalformedTestCase("no function", "0000", truncated));
        AddTestCase(new MalformedTestCase("half a function", "0000 01", truncated));
        AddTestCase(new MalformedTestCase("a Reply without number", "0000 0100", truncated));
        AddTestCase(new MalformedTestCase("half a receipt number", "0000 0100 00", truncated));
        AddTestCase(
            new MalformedTestCase("a Forward Data without address", "0000 0200", truncated));
        AddTestCase(
            new MalformedTestCase("an address too short", "0000 0200 aa0004001d", truncated));
        AddTestCase(new MalformedTestCase("function 0", "0000 0000 0000", unknown));
        AddTestCase(new MalformedTestCase("function 3", "0000 0300 0000 00000000", unknown));
        AddTestCase(new MalformedTestCase("big-endian function", "0000 0001 0000", unknown));
        AddTestCase(new MalformedTestCase("a skip count of 4", "0400 0100 0000 0100 0000", length));
        AddTestCase(new MalformedTestCase("a skip count to the very end",
                                          "0800 0200" + address,
                                          truncated));
        AddTestCase(new MalformedTestCase("a skip count beyond the packet",
                                          "f8ff 0200" + address + "0100 0000",
                                          length));
        AddTestCase(new MalformedTestCase("an unknown function after a skip",
                                          "0800 0200" + address + "0900 0000",
                                          unknown));

        const std::string forward = "0000 0200" + address;
        AddTestCase(new LenientTestCase("nothing after a Forward Data", forward, 10, {}));
        AddTestCase(
            new LenientTestCase("an unknown function later", forward + "0700 1234", 10, {}));
        AddTestCase(new LenientTestCase("a Reply cut short later", forward + "0100 12", 10, {}));
        AddTestCase(
            new LenientTestCase("an address cut short later", forward + "0200 aa0004", 10, {}));
        AddTestCase(new LenientTestCase("nonsense that was skipped",
                                        "1000 0102030405060708 ffffffffffffffff 0100 0300 77",
                                        22,
                                        3));
        AddTestCase(new LenientTestCase("a Reply that was skipped",
                                        "0800 0100 0900 0000 0000 0100 0400",
                                        14,
                                        4));
    }
};

EthernetLoopHeaderTestSuite g_ethernetLoopHeaderTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
