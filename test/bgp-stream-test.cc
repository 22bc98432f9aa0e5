/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BGP messages out of a byte stream, wherever TCP split or joined it.
 *
 * 1. A stream split in two at any byte, or in three at any two, gives the same messages as the
 *    whole, each of them with its last byte and not before.
 * 2. Byte by byte too; what is buffered is what has not been taken out.
 * 3. A header that cannot be read ends the stream with its last byte, after the messages before it,
 *    for good; Clear begins anew.
 * 4. Random streams in random pieces, taken out now or later, up to the largest messages.
 * 5. A long backlog that is taken out message by message is not copied again and again.
 */

#include "hex-bytes.h"

#include "ns3/bgp-stream.h"
#include "ns3/test.h"

#include <algorithm>
#include <ctime>
#include <random>
#include <string>
#include <variant>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// A marker.
const std::string MARKER(32, 'f');

/**
 * @ingroup keepalive-tests
 * @brief A stream of one OPEN, KEEPALIVEs, an UPDATE and a NOTIFICATION.
 *
 * packetlife-EBGP_adjacency.cap, segments 4, 6 and 11, and a NOTIFICATION of frr844.
 *
 * @return the bytes
 */
std::vector<uint8_t>
MakeConversation()
{
    return ToBytes(MARKER + "002d0104fe4c00b40a0a03011002060104000100010202800002020200" + //
                   MARKER + "001304" +                                                     //
                   MARKER + "001304" +                                                     //
                   MARKER +
                   "00370200000014400101004002060202feb0fe4c4003040202020218" //
                   "0a0a01180a0a02180a0a03" +                                 //
                   MARKER +
                   "0015030400");
}

/// Where the messages of MakeConversation end.
const std::size_t ENDS[] = {45, 64, 83, 138, 159};

/// A test case that reads a stream.
class StreamTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit StreamTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /**
     * @brief Take out what is there.
     * @param stream the stream
     * @param messages where to append the messages
     */
    void TakeAll(BgpStream& stream, std::vector<BgpMessage>& messages)
    {
        while (true)
        {
            BgpStream::Result result = stream.Next();
            if (auto* message = std::get_if<BgpMessage>(&result))
            {
                messages.push_back(*message);
                continue;
            }
            NS_TEST_EXPECT_MSG_EQ(std::holds_alternative<std::monostate>(result), true, "no error");
            return;
        }
    }

    /**
     * @brief How many messages of MakeConversation are complete.
     * @param size bytes that have arrived
     * @return messages
     */
    static std::size_t CountComplete(std::size_t size)
    {
        std::size_t count = 0;
        for (const std::size_t end : ENDS)
        {
            count += end <= size ? 1 : 0;
        }
        return count;
    }
};

/// 1. Two and three pieces.
class StreamSplitTest : public StreamTestCase
{
  public:
    StreamSplitTest()
        : StreamTestCase("a stream split at any one or two bytes gives the same messages")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<uint8_t> bytes = MakeConversation();
        BgpStream whole;
        whole.Append(bytes.data(), bytes.size());
        std::vector<BgpMessage> expected;
        TakeAll(whole, expected);
        NS_TEST_ASSERT_MSG_EQ(expected.size(), 5, "messages");
        const BgpMessageType types[] = {BgpMessageType::OPEN,
                                        BgpMessageType::KEEPALIVE,
                                        BgpMessageType::KEEPALIVE,
                                        BgpMessageType::UPDATE,
                                        BgpMessageType::NOTIFICATION};
        for (std::size_t i = 0; i < expected.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ((expected[i].type == types[i]), true, "type of message " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(ToHex(expected[0].body),
                              "04fe4c00b40a0a03011002060104000100010202800002020200",
                              "without its header");
        NS_TEST_EXPECT_MSG_EQ(expected[1].body.size(), 0, "nothing");
        NS_TEST_EXPECT_MSG_EQ(ToHex(expected[4].body), "0400", "the last one");

        for (std::size_t first = 0; first <= bytes.size(); first++)
        {
            for (std::size_t second = first; second <= bytes.size(); second++)
            {
                BgpStream stream;
                std::vector<BgpMessage> messages;
                stream.Append(bytes.data(), first);
                TakeAll(stream, messages);
                NS_TEST_ASSERT_MSG_EQ(messages.size(), CountComplete(first), "at " << first);
                stream.Append(bytes.data() + first, second - first);
                TakeAll(stream, messages);
                NS_TEST_ASSERT_MSG_EQ(messages.size(), CountComplete(second), "at " << second);
                stream.Append(bytes.data() + second, bytes.size() - second);
                TakeAll(stream, messages);
                NS_TEST_ASSERT_MSG_EQ((messages == expected),
                                      true,
                                      "split at " << first << " and " << second);
            }
        }
    }
};

/// 2. One byte at a time.
class StreamByteTest : public StreamTestCase
{
  public:
    StreamByteTest()
        : StreamTestCase("byte by byte, and what is buffered")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<uint8_t> bytes = MakeConversation();
        BgpStream stream;
        std::vector<BgpMessage> messages;
        std::size_t taken = 0;
        NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 0, "nothing yet");
        for (std::size_t i = 0; i < bytes.size(); i++)
        {
            stream.Append(&bytes[i], 1);
            NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), i + 1 - taken, "before, at " << i);
            TakeAll(stream, messages);
            NS_TEST_EXPECT_MSG_EQ(messages.size(), CountComplete(i + 1), "at " << i);
            taken = messages.empty() ? 0 : ENDS[messages.size() - 1];
            NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), i + 1 - taken, "after, at " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 0, "nothing left");

        // Together, but taken out one by one.
        stream.Append(bytes.data(), bytes.size());
        for (const std::size_t end : ENDS)
        {
            const BgpStream::Result result = stream.Next();
            NS_TEST_EXPECT_MSG_EQ(std::holds_alternative<BgpMessage>(result), true, "message");
            NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), bytes.size() - end, "what is left");
        }
    }
};

/// 3. A header that cannot be read.
class StreamErrorTest : public StreamTestCase
{
  public:
    StreamErrorTest()
        : StreamTestCase("a header that cannot be read is final, until Clear")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            std::string header; // of a message whose body never comes
            BgpError error;
        };

        const Case cases[] = {
            {MARKER.substr(2) + "fe 001d 01", {1, 1, {}}},
            {MARKER + "1001 02", {1, 2, {0x10, 0x01}}},
            {MARKER + "1000 06", {1, 3, {6}}},
        };
        const std::vector<uint8_t> good = MakeConversation();
        for (const Case& test : cases)
        {
            const std::vector<uint8_t> bad = ToBytes(test.header);
            std::vector<uint8_t> bytes = good;
            bytes.insert(bytes.end(), bad.begin(), bad.end());
            BgpStream stream;
            std::vector<BgpMessage> messages;
            stream.Append(bytes.data(), bytes.size() - 1);
            TakeAll(stream, messages);
            NS_TEST_EXPECT_MSG_EQ(messages.size(), 5, "before: " << test.header);
            stream.Append(&bytes.back(), 1);
            for (int i = 0; i < 3; i++)
            {
                const BgpStream::Result result = stream.Next();
                const auto* error = std::get_if<BgpError>(&result);
                NS_TEST_ASSERT_MSG_EQ((error != nullptr), true, "error: " << test.header);
                NS_TEST_EXPECT_MSG_EQ((*error == test.error), true, "which: " << test.header);
                NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 0, "nothing to wait for");
                stream.Append(good.data(), good.size());
            }
            stream.Clear();
            NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 0, "forgotten");
            TakeAll(stream, messages);
            NS_TEST_EXPECT_MSG_EQ(messages.size(), 5, "nothing new");
            stream.Append(good.data(), good.size());
            TakeAll(stream, messages);
            NS_TEST_EXPECT_MSG_EQ(messages.size(), 10, "another connection");
        }

        // Half a message does not survive either.
        BgpStream stream;
        std::vector<BgpMessage> messages;
        stream.Append(good.data(), 70);
        TakeAll(stream, messages);
        NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 6, "half");
        stream.Clear();
        NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 0, "forgotten");
        stream.Append(good.data(), good.size());
        TakeAll(stream, messages);
        NS_TEST_EXPECT_MSG_EQ(messages.size(), 7, "messages");
    }
};

/// 4. Random streams.
class StreamRandomTest : public StreamTestCase
{
  public:
    StreamRandomTest()
        : StreamTestCase("random messages in random pieces")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937 rng(4271);
        for (int round = 0; round < 200; round++)
        {
            std::vector<BgpMessage> expected;
            std::vector<uint8_t> bytes;
            for (int i = 0; i < 20; i++)
            {
                BgpMessage message;
                message.type = BgpMessageType::UPDATE;
                // Small ones, and the smallest and the largest that there are.
                const std::size_t sizes[] = {4, 4 + rng() % 100, rng() % 4000 + 4, 4077};
                message.body.resize(sizes[rng() % 4]);
                for (uint8_t& byte : message.body)
                {
                    byte = rng() % 4 == 0 ? static_cast<uint8_t>(rng()) : 0xff;
                }
                BgpHeader{static_cast<uint16_t>(BgpHeader::SIZE + message.body.size()),
                          message.type}
                    .AppendTo(bytes);
                bytes.insert(bytes.end(), message.body.begin(), message.body.end());
                expected.push_back(message);
            }

            BgpStream stream;
            std::vector<BgpMessage> messages;
            for (std::size_t at = 0; at < bytes.size();)
            {
                const std::size_t limit = round % 2 == 0 ? 1460 : 20000;
                const std::size_t piece =
                    std::min<std::size_t>(1 + rng() % limit, bytes.size() - at);
                stream.Append(&bytes[at], piece);
                at += piece;
                if (rng() % 2 == 0)
                {
                    TakeAll(stream, messages);
                }
            }
            TakeAll(stream, messages);
            NS_TEST_ASSERT_MSG_EQ((messages == expected), true, "round " << round);
            NS_TEST_EXPECT_MSG_EQ(stream.GetBuffered(), 0, "nothing left");
        }
    }
};

/// 5. A backlog.
class StreamBacklogTest : public StreamTestCase
{
  public:
    StreamBacklogTest()
        : StreamTestCase("a backlog of 400,000 messages, one in and one out")
    {
    }

  private:
    void DoRun() override
    {
        // Were the rest moved at each message, this would move 3 TB, which takes minutes.
        constexpr int BACKLOG = 400000;
        constexpr std::clock_t LIMIT = 20 * CLOCKS_PER_SEC;
        const std::clock_t begin = std::clock();
        const std::vector<uint8_t> keepalive = EncodeBgpKeepalive();
        BgpStream stream;
        for (int i = 0; i < BACKLOG; i++)
        {
            stream.Append(keepalive.data(), keepalive.size());
        }
        int taken = 0;
        for (int i = 0; i < BACKLOG && std::clock() - begin < LIMIT; i++)
        {
            const BgpStream::Result first = stream.Next();
            taken += std::holds_alternative<BgpMessage>(first) ? 1 : 0;
            stream.Append(keepalive.data(), keepalive.size());
        }
        std::vector<BgpMessage> messages;
        TakeAll(stream, messages);
        NS_TEST_EXPECT_MSG_EQ(taken, BACKLOG, "all the time");
        NS_TEST_EXPECT_MSG_EQ(messages.size(), BACKLOG, "at the end");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BgpStreamTestSuite : public TestSuite
{
  public:
    BgpStreamTestSuite()
        : TestSuite("keepalive-bgp-stream")
    {
        AddTestCase(new StreamSplitTest);
        AddTestCase(new StreamByteTest);
        AddTestCase(new StreamErrorTest);
        AddTestCase(new StreamRandomTest);
        AddTestCase(new StreamBacklogTest);
    }
};

BgpStreamTestSuite g_bgpStreamTestSuite; //!< registers itself

} // namespace
