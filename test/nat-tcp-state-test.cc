/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/nat-profile.h"
#include "ns3/nat-tcp-state.h"
#include "ns3/test.h"

#include <cctype>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief NatTcpState: what a NAT believes about a TCP connection.
 *
 * Behaviours:
 *  1. every segment in every state, of either side, leads where Linux's conntrack leads; what
 *     belongs to no connection changes nothing
 *  2. a connection begins in mid-stream only with an ACK of the inside, and only if it may
 *  3. a reset that answers the first segment removes the connection, any other closes it
 *  4. each state has its own timeout, with each profile
 *  5. octets that are not acknowledged shorten the timeout, until their acknowledgment comes
 *  6. the fourth of four equal segments without octets shortens it, whatever is different in
 *     between lengthens it again: keepalive probes, answered and not
 *  7. a window of zero shortens it
 *  8. a connection picked up in mid-stream is not believed before the other side has spoken, and
 *     has been answered
 *  9. the same ports may be used again: nothing of the old connection counts
 * 10. states have conntrack's names
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using State = NatTcpState::State;
using Fate = NatTcpState::Fate;
using Segment = NatTcpState::Segment;

constexpr int64_t SECOND = 1000000000; //!< in nanoseconds

/**
 * @brief Make a segment.
 * @param flags letters of S, A, F and R
 * @return the segment, without octets
 */
Segment
ToSegment(const std::string& flags)
{
    Segment segment;
    segment.syn = flags.find('S') != std::string::npos;
    segment.ack = flags.find('A') != std::string::npos;
    segment.fin = flags.find('F') != std::string::npos;
    segment.rst = flags.find('R') != std::string::npos;
    return segment;
}

/**
 * @brief Let segments pass by.
 * @param tcp the connection
 * @param script segments: o or r for the original side or the reply, then the flags
 * @param loose whether a connection may begin in mid-stream
 * @return what became of each: . passed, i ignored, x invalid, - removed, n looked up anew
 */
std::string
Play(NatTcpState& tcp, const std::string& script, bool loose = false)
{
    std::istringstream words(script);
    std::string word;
    std::string fates;
    while (words >> word)
    {
        const Fate fate = tcp.Process(ToSegment(word.substr(1)), word[0] == 'o', loose);
        fates += ".i-xn"[static_cast<uint8_t>(fate)];
    }
    return fates;
}

/// The connection of a row, with its sequence numbers.
class TalkingTcp
{
  public:
    /**
     * @brief Open a connection: 1000 is the first octet of the original side, 5000 of the other.
     */
    TalkingTcp()
    {
        Send(true, "S", 999, 0);
        Send(false, "SA", 4999, 1000);
        Send(true, "A", 1000, 5000);
    }

    /**
     * @brief A segment passes by.
     * @param original whose it is
     * @param flags its flags
     * @param sequence its sequence number
     * @param acknowledgment its acknowledgment number
     * @param length its octets
     * @param window its window
     * @return its fate
     */
    Fate Send(bool original,
              const std::string& flags,
              uint32_t sequence,
              uint32_t acknowledgment,
              uint32_t length = 0,
              uint16_t window = 500)
    {
        Segment segment = ToSegment(flags);
        segment.sequence = sequence;
        segment.acknowledgment = acknowledgment;
        segment.length = length;
        segment.window = window;
        return m_tcp.Process(segment, original, true);
    }

    /**
     * @brief How long it may be idle, with Linux.
     * @return seconds
     */
    int64_t GetTimeout() const
    {
        return m_tcp.GetTimeout(NatProfile::Find("linux-conntrack")->tcp) / SECOND;
    }

  private:
    NatTcpState m_tcp; //!< the connection
};

/// Behaviour 1.
class TransitionTestCase : public TestCase
{
  public:
    TransitionTestCase()
        : TestCase("Every segment in every state")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            std::string prefix;   //!< what leads to the state
            State state;          //!< the state
            std::string original; //!< where S, SA, F, A, R and no flag of the original side lead
            std::string reply;    //!< and of the other side
        };

        // N none, s SYN_SENT, b SYN_SENT2, r SYN_RECV, e ESTABLISHED, f FIN_WAIT, w CLOSE_WAIT,
        // l LAST_ACK, t TIME_WAIT, c CLOSE; i ignored, x invalid, - removed, n looked up anew;
        // a capital letter: it leads there, but prolongs nothing.
        const std::string letters = "Nsbrefwltc";
        const std::vector<Row> rows = {
            {"", State::NONE, "sxxxxx", "bxxxxx"},
            {"oS", State::SYN_SENT, "ixxxcx", "Brxi-x"},
            {"oS rS", State::SYN_SENT_BY_BOTH, "brxxcx", "brxicx"},
            {"oS rSA", State::SYN_RECEIVED, "irfecx", "xifrcx"},
            {"oS rSA oA", State::ESTABLISHED, "ixfecx", "xifecx"},
            {"oS rSA oA oFA", State::FIN_WAIT, "ixlwcx", "xilwcx"},
            {"oS rSA oA oFA rA", State::CLOSE_WAIT, "ixlwcx", "xilwcx"},
            {"oS rSA oA oFA rA rFA", State::LAST_ACK, "ixltcx", "xiltcx"},
            {"oS rSA oA oFA rA rFA oA", State::TIME_WAIT, "sxttcx", "nittcx"},
            {"oS rSA oA oR", State::CLOSED, "sxcccx", "xicccx"},
        };
        const std::vector<std::string> flags = {"S", "SA", "F", "A", "R", ""};
        for (const Row& row : rows)
        {
            for (const bool original : {true, false})
            {
                const std::string& expected = original ? row.original : row.reply;
                for (std::size_t i = 0; i < flags.size(); i++)
                {
                    if (row.state == State::NONE && !original)
                    {
                        continue; // the first segment is the original side's by definition
                    }
                    NatTcpState tcp;
                    Play(tcp, row.prefix);
                    NS_TEST_ASSERT_MSG_EQ((tcp.GetState() == row.state), true, row.prefix);
                    const std::string fate = Play(tcp, (original ? "o" : "r") + flags[i]);
                    const char where = letters[static_cast<uint8_t>(tcp.GetState())];
                    const bool quiet = fate == "i" && tcp.GetState() != row.state;
                    std::string what = fate;
                    if (fate == "." || quiet)
                    {
                        what = static_cast<char>(quiet ? std::toupper(where) : where);
                    }
                    NS_TEST_EXPECT_MSG_EQ(what,
                                          std::string(1, expected[i]),
                                          row.prefix << (original ? " o" : " r") << flags[i]);
                    NS_TEST_EXPECT_MSG_EQ((fate == "." || quiet || tcp.GetState() == row.state),
                                          true,
                                          "refused, and yet a change: " << row.prefix);
                }
            }
        }
    }
};

/// Behaviours 2 and 3.
class BeginAndResetTestCase : public TestCase
{
  public:
    BeginAndResetTestCase()
        : TestCase("Mid-stream, and resets")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            std::string script; //!< the segments
            bool loose;         //!< whether a connection may begin in mid-stream
            std::string fates;  //!< what becomes of them
            State state;        //!< the state at the end
        };

        for (const Row& row : std::vector<Row>{
                 {"oA rA", false, "xx", State::NONE},
                 {"oA rA", true, "..", State::ESTABLISHED},
                 {"rA oA", true, "x.", State::ESTABLISHED},
                 {"oFA oSA oR o", true, "xxxx", State::NONE},
                 {"oS rRA", false, ".-", State::SYN_SENT},
                 {"oS rSA rRA", false, "...", State::CLOSED},
                 {"oS oR", false, "..", State::CLOSED},
                 {"oA rR", true, ".-", State::ESTABLISHED},
                 {"oS rS oSA rA oA", false, ".i...", State::ESTABLISHED},
             })
        {
            NatTcpState tcp;
            const std::string fates = Play(tcp, row.script, row.loose);
            NS_TEST_EXPECT_MSG_EQ(fates, row.fates, row.script);
            NS_TEST_EXPECT_MSG_EQ((tcp.GetState() == row.state), true, row.script);
        }
    }
};

/// Behaviours 4 and 10.
class TimeoutTestCase : public TestCase
{
  public:
    TimeoutTestCase()
        : TestCase("A timeout and a name for each state")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            std::string script; //!< what leads to the state
            std::string name;   //!< its name
            int64_t linuxTime;  //!< its timeout with Linux, in seconds
            bool established;   //!< whether RFC 5382 calls it established
        };

        for (const Row& row : std::vector<Row>{
                 {"", "NONE", 0, false},
                 {"oS", "SYN_SENT", 120, false},
                 {"oS rS", "SYN_SENT2", 120, false},
                 {"oS rSA", "SYN_RECV", 60, false},
                 {"oS rSA oA", "ESTABLISHED", 432000, true},
                 {"oS rSA oA oFA", "FIN_WAIT", 120, false},
                 {"oS rSA oA oFA rA", "CLOSE_WAIT", 60, false},
                 {"oS rSA oA oFA rA rFA", "LAST_ACK", 30, false},
                 {"oS rSA oA oFA rA rFA oA", "TIME_WAIT", 120, false},
                 {"oS rSA oA rR", "CLOSE", 10, false},
             })
        {
            NatTcpState tcp;
            Play(tcp, row.script);
            NS_TEST_EXPECT_MSG_EQ(NatTcpState::ToString(tcp.GetState()), row.name, row.script);
            const int64_t linuxTime = tcp.GetTimeout(NatProfile::Find("linux-conntrack")->tcp);
            NS_TEST_EXPECT_MSG_EQ(linuxTime, row.linuxTime * SECOND, row.script);
            const int64_t others = row.script.empty() ? 0 : 240;
            NS_TEST_EXPECT_MSG_EQ(tcp.GetTimeout(NatProfile::Find("rfc")->tcp),
                                  (row.established ? 7440 : others) * SECOND,
                                  row.script);
            NS_TEST_EXPECT_MSG_EQ(tcp.GetTimeout(NatProfile::Find("home-gateway")->tcp),
                                  (row.established ? 3600 : others) * SECOND,
                                  row.script);
        }
    }
};

/// Behaviours 5 to 7.
class ShortenedTestCase : public TestCase
{
  public:
    ShortenedTestCase()
        : TestCase("What shortens the timeout of an established connection")
    {
    }

  private:
    void DoRun() override
    {
        constexpr int64_t LONG = 432000;
        constexpr int64_t SHORT = 300;
        TalkingTcp data;
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), LONG, "open");
        data.Send(true, "A", 1000, 5000, 100);
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), SHORT, "octets out");
        data.Send(false, "A", 5000, 1050);
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), SHORT, "half of them acknowledged");
        data.Send(false, "A", 5000, 1100);
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), LONG, "all acknowledged");
        data.Send(false, "A", 5000, 1100, 10);
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), SHORT, "octets of the other side");
        data.Send(true, "A", 1100, 5010);
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), LONG, "acknowledged");
        data.Send(true, "A", 1000, 5010, 100);
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), LONG, "old octets again");

        TalkingTcp wrapped;
        wrapped.Send(true, "A", 0xFFFFFFF0, 5000, 0); // behind: half the space away
        wrapped.Send(true, "A", 1000, 5000, 0x7FFFFFF0);
        NS_TEST_EXPECT_MSG_EQ(wrapped.GetTimeout(), SHORT, "far ahead");
        wrapped.Send(true, "A", 0x800003D8, 5000, 0x7FFFFFF0);
        wrapped.Send(false, "A", 5000, 0x800003D8 + 0x7FFFFFF0);
        NS_TEST_EXPECT_MSG_EQ(wrapped.GetTimeout(), LONG, "beyond the end of the space");

        // Probes: one octet before the next, without octets. Three repetitions, so the fourth.
        TalkingTcp probed;
        for (const int64_t expected : {LONG, LONG, LONG, SHORT, SHORT})
        {
            probed.Send(true, "A", 999, 5000);
            NS_TEST_EXPECT_MSG_EQ(probed.GetTimeout(), expected, "unanswered probe");
        }
        probed.Send(false, "A", 5000, 1000);
        NS_TEST_EXPECT_MSG_EQ(probed.GetTimeout(), LONG, "answer");
        for (int i = 0; i < 10; i++)
        {
            probed.Send(true, "A", 999, 5000);
            probed.Send(false, "A", 5000, 1000);
            NS_TEST_EXPECT_MSG_EQ(probed.GetTimeout(), LONG, "answered probe");
        }
        // Any difference is another segment.
        TalkingTcp other;
        for (int i = 0; i < 10; i++)
        {
            other.Send(true, "A", 999, 5000, 0, static_cast<uint16_t>(500 + i));
            NS_TEST_EXPECT_MSG_EQ(other.GetTimeout(), LONG, "another window");
        }

        TalkingTcp closed;
        closed.Send(false, "A", 5000, 1000, 0, 0);
        NS_TEST_EXPECT_MSG_EQ(closed.GetTimeout(), SHORT, "window of zero");
        closed.Send(false, "A", 5000, 1000, 0, 1);
        NS_TEST_EXPECT_MSG_EQ(closed.GetTimeout(), LONG, "window open");

        // Other states are short enough as they are, and profiles without the rule know none.
        data.Send(true, "FA", 1100, 5010);
        NS_TEST_EXPECT_MSG_EQ(data.GetTimeout(), 120, "FIN");
        NatTcpState rfc;
        Play(rfc, "oS rSA oA oA oA oA oA oA");
        NS_TEST_EXPECT_MSG_EQ(rfc.GetTimeout(NatProfile::Find("rfc")->tcp), 7440 * SECOND, "rfc");
    }
};

/// Behaviours 8 and 9.
class PickUpTestCase : public TestCase
{
  public:
    PickUpTestCase()
        : TestCase("Picked up in mid-stream, and opened again")
    {
    }

  private:
    void DoRun() override
    {
        const NatTcpState::Timeouts& timeouts = NatProfile::Find("linux-conntrack")->tcp;
        NatTcpState tcp;
        Play(tcp, "oA", true);
        NS_TEST_EXPECT_MSG_EQ(tcp.GetTimeout(timeouts), 300 * SECOND, "alone");
        Play(tcp, "rA", true);
        NS_TEST_EXPECT_MSG_EQ(tcp.GetTimeout(timeouts), 300 * SECOND, "answered");
        Play(tcp, "oA", true);
        NS_TEST_EXPECT_MSG_EQ(tcp.GetTimeout(timeouts), 432000 * SECOND, "and acknowledged");

        // Opened again from the same port, and refused: as if there never had been another one.
        NatTcpState again;
        const std::string reopened = Play(again, "oS rSA oA oR oS rRA");
        NS_TEST_EXPECT_MSG_EQ(reopened, ".....-", "refused");
        // Only who has reset it itself begins anew, unless there was a FIN.
        NatTcpState reset;
        const std::string ignored = Play(reset, "oS rSA oA rR oS");
        NS_TEST_EXPECT_MSG_EQ(ignored, "....i", "of the other side's reset");
        NatTcpState closing;
        const std::string closed = Play(closing, "oS rSA oA oFA rR oS");
        NS_TEST_EXPECT_MSG_EQ(closed, "......", "behind a FIN");
        NatTcpState probed;
        Play(probed, "oS rSA oA oA oA oA oA");
        NS_TEST_EXPECT_MSG_EQ(probed.GetTimeout(timeouts), 300 * SECOND, "repeated");
        Play(probed, "oR oS rSA oA");
        NS_TEST_EXPECT_MSG_EQ(probed.GetTimeout(timeouts), 432000 * SECOND, "new");
    }
};

/// Decisions of NatTcpState.
class NatTcpStateTestSuite : public TestSuite
{
  public:
    NatTcpStateTestSuite()
        : TestSuite("keepalive-nat-tcp-state")
    {
        AddTestCase(new TransitionTestCase);
        AddTestCase(new BeginAndResetTestCase);
        AddTestCase(new TimeoutTestCase);
        AddTestCase(new ShortenedTestCase);
        AddTestCase(new PickUpTestCase);
    }
};

NatTcpStateTestSuite g_natTcpStateTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
