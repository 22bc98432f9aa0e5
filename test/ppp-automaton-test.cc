/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/ppp-automaton.h"
#include "ns3/test.h"

#include <cstdint>
#include <set>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief PppAutomaton against the table of RFC 1661 section 4.1, transcribed here as text.
 *
 * Behaviours:
 *  1. every entry of the table, 16 events in 10 states: actions, their order, and the new state
 *  2. entries "-" change nothing and are reported
 *  3. entries marked x are reported as crossed connections, and no others
 *  4. option p takes tlf out of the entries marked p, and changes nothing else
 *  5. option r lets Down and Up follow in the entries marked r, and changes nothing else
 *  6. the Restart timer may run in states 4 to 8
 *  7. a Restart timer that may run has been started: whoever enters 4 to 8 from outside sends a
 *     request or waits on purpose
 *  8. names
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using State = PppAutomaton::State;
using Event = PppAutomaton::Event;
using Action = PppAutomaton::Action;

// clang-format off
/// RFC 1661 section 4.1: for each event, the entries of states 0 to 9.
const char* const TABLE[] = {
    "Up     2      irc,scr/6  -          -              -      -      -          -          -          -",
    "Down   -      -          0          tls/1          0      1      1          1          1          tld/1",
    "Open   tls/1  1          irc,scr/6  3r             5r     5r     6          7          8          9r",
    "Close  0      tlf/0      2          2              4      4      irc,str/4  irc,str/4  irc,str/4  tld,irc,str/4",
    "TO+    -      -          -          -              str/4  str/5  scr/6      scr/6      scr/8      -",
    "TO-    -      -          -          -              tlf/2  tlf/3  tlf/3p     tlf/3p     tlf/3p     -",
    "RCR+   -      -          sta/2      irc,scr,sca/8  4      5      sca/8      sca,tlu/9  sca/8      tld,scr,sca/8",
    "RCR-   -      -          sta/2      irc,scr,scn/6  4      5      scn/6      scn/7      scn/6      tld,scr,scn/6",
    "RCA    -      -          sta/2      sta/3          4      5      irc/7      scr/6x     irc,tlu/9  tld,scr/6x",
    "RCN    -      -          sta/2      sta/3          4      5      irc,scr/6  scr/6x     irc,scr/8  tld,scr/6x",
    "RTR    -      -          sta/2      sta/3          sta/4  sta/5  sta/6      sta/6      sta/6      tld,zrc,sta/5",
    "RTA    -      -          2          3              tlf/2  tlf/3  6          6          8          tld,scr/6",
    "RUC    -      -          scj/2      scj/3          scj/4  scj/5  scj/6      scj/7      scj/8      scj/9",
    "RXJ+   -      -          2          3              4      5      6          6          8          9",
    "RXJ-   -      -          tlf/2      tlf/3          tlf/2  tlf/3  tlf/3      tlf/3      tlf/3      tld,irc,str/5",
    "RXR    -      -          2          3              4      5      6          7          8          ser/9",
};
// clang-format on

/// How to get from Initial to each state, in events of the table.
const char* const WAYS[PppAutomaton::STATE_COUNT] = {
    "",                     // 0 Initial
    "Open",                 // 1 Starting
    "Up",                   // 2 Closed
    "Up Open TO-",          // 3 Stopped
    "Up Open Close",        // 4 Closing
    "Up Open RCA RCR+ RTR", // 5 Stopping
    "Up Open",              // 6 Req-Sent
    "Up Open RCA",          // 7 Ack-Rcvd
    "Up Open RCR+",         // 8 Ack-Sent
    "Up Open RCR+ RCA",     // 9 Opened
};

/// An entry of the table, taken apart.
struct Expected
{
    std::string actions; //!< before the slash
    int state{-1};       //!< new state; -1 for "-"
    char mark{' '};      //!< p, r or x behind it
};

/**
 * @brief Take a row of the table apart.
 * @param row the row
 * @param name where to put the name of its event
 * @return its entries
 */
std::vector<Expected>
ParseRow(const std::string& row, std::string& name)
{
    std::istringstream words(row);
    words >> name;
    std::vector<Expected> entries;
    for (std::string word; words >> word;)
    {
        Expected entry;
        if (word != "-")
        {
            const std::size_t slash = word.find('/');
            if (slash != std::string::npos)
            {
                entry.actions = word.substr(0, slash);
                word.erase(0, slash + 1);
            }
            entry.state = word[0] - '0';
            entry.mark = word.size() > 1 ? word[1] : ' ';
        }
        entries.push_back(entry);
    }
    return entries;
}

/**
 * @brief The event of a name.
 * @param name as in the table
 * @return the event, by its place in the table
 */
Event
FindEvent(const std::string& name)
{
    for (uint8_t i = 0; i < PppAutomaton::EVENT_COUNT; i++)
    {
        std::string first;
        std::istringstream(TABLE[i]) >> first;
        if (first == name)
        {
            return static_cast<Event>(i);
        }
    }
    return Event::UP;
}

/**
 * @brief Actions as the table writes them.
 * @param step what the automaton returned
 * @return names, joined by commas
 */
std::string
Join(const PppAutomaton::Step& step)
{
    std::string all;
    for (const Action action : step.actions)
    {
        if (action != Action::NONE)
        {
            all += (all.empty() ? "" : ",") + std::string(ToString(action));
        }
    }
    return all;
}

/**
 * @brief An automaton in a given state.
 * @param state number of the state
 * @param options its options
 * @return the automaton
 */
PppAutomaton
MakeIn(int state, const PppAutomaton::Options& options)
{
    PppAutomaton automaton(options);
    std::istringstream way(WAYS[state]);
    for (std::string name; way >> name;)
    {
        const PppAutomaton::Step step = automaton.Handle(FindEvent(name));
        (void)step;
    }
    return automaton;
}

/**
 * @ingroup keepalive-tests
 * @brief 1 to 5. Every event in every state.
 */
class PppAutomatonTableTest : public TestCase
{
  public:
    /**
     * @brief One set of options.
     * @param options the options
     * @param name what to call it
     */
    PppAutomatonTableTest(const PppAutomaton::Options& options, const std::string& name)
        : TestCase("every entry of the table of RFC 1661 section 4.1, " + name),
          m_options(options)
    {
    }

  private:
    void DoRun() override
    {
        std::size_t visited = 0;
        std::size_t impossible = 0;
        std::size_t crossed = 0;
        for (std::size_t row = 0; row < PppAutomaton::EVENT_COUNT; row++)
        {
            std::string name;
            const std::vector<Expected> entries = ParseRow(TABLE[row], name);
            NS_TEST_ASSERT_MSG_EQ(entries.size(), PppAutomaton::STATE_COUNT, name);
            const auto event = static_cast<Event>(row);
            NS_TEST_EXPECT_MSG_EQ(ToString(event), name, "name of the event");
            for (int state = 0; state < static_cast<int>(entries.size()); state++)
            {
                PppAutomaton automaton = MakeIn(state, m_options);
                NS_TEST_ASSERT_MSG_EQ(static_cast<int>(automaton.GetState()),
                                      state,
                                      "the way leads there");
                Check(automaton, event, entries[state], name + " in " + std::to_string(state));
                visited++;
                impossible += entries[state].state < 0 ? 1 : 0;
                crossed += entries[state].mark == 'x' ? 1 : 0;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(visited, 160, "16 events in 10 states");
        NS_TEST_EXPECT_MSG_EQ(impossible, 40, "entries that cannot happen");
        NS_TEST_EXPECT_MSG_EQ(crossed, 4, "crossed connections");
    }

    /**
     * @brief Check one entry.
     * @param automaton in the state of the entry
     * @param event the event
     * @param expected the entry
     * @param what the entry's name
     */
    void Check(PppAutomaton& automaton, Event event, Expected expected, const std::string& what)
    {
        const auto before = automaton.GetState();
        const PppAutomaton::Step step = automaton.Handle(event);
        if (expected.mark == 'p' && m_options.passive)
        {
            expected.actions = ""; // "the This-Layer-Finished action is not used"
        }
        if (expected.mark == 'r' && m_options.restart)
        {
            // Down and then Up, as the table has them for states 3, 5 and 9 (and 4, which Open
            // turns into 5): always into Req-Sent.
            const char* down = before == State::STOPPED  ? "tls,"
                               : before == State::OPENED ? "tld,"
                                                         : "";
            expected.actions = std::string(down) + "irc,scr";
            expected.state = 6;
        }
        NS_TEST_EXPECT_MSG_EQ(step.possible, (expected.state >= 0), what);
        NS_TEST_EXPECT_MSG_EQ(step.crossed, (expected.mark == 'x'), what);
        NS_TEST_EXPECT_MSG_EQ(Join(step), expected.actions, what);
        NS_TEST_EXPECT_MSG_EQ((step.from == before), true, what);
        const int to = expected.state >= 0 ? expected.state : static_cast<int>(before);
        NS_TEST_EXPECT_MSG_EQ(static_cast<int>(step.to), to, what);
        NS_TEST_EXPECT_MSG_EQ(static_cast<int>(automaton.GetState()), to, what);
        for (const Action action : {Action::TLU, Action::SCR, Action::STR, Action::SCJ})
        {
            const bool listed = expected.actions.find(ToString(action)) != std::string::npos;
            NS_TEST_EXPECT_MSG_EQ(step.Has(action), listed, what);
        }
    }

    PppAutomaton::Options m_options; //!< p and r
};

/**
 * @ingroup keepalive-tests
 * @brief 6, 7. Where the Restart timer runs.
 */
class PppAutomatonTimerTest : public TestCase
{
  public:
    PppAutomatonTimerTest()
        : TestCase("the Restart timer runs in Closing to Ack-Sent, and is started on the way in")
    {
    }

  private:
    void DoRun() override
    {
        for (int state = 0; state < 10; state++)
        {
            NS_TEST_EXPECT_MSG_EQ(PppAutomaton::IsTimed(static_cast<State>(state)),
                                  (state >= 4 && state <= 8),
                                  "state " << state);
            for (uint8_t event = 0; event < PppAutomaton::EVENT_COUNT; event++)
            {
                PppAutomaton automaton = MakeIn(state, {});
                const PppAutomaton::Step step = automaton.Handle(static_cast<Event>(event));
                if (PppAutomaton::IsTimed(step.to) && !PppAutomaton::IsTimed(step.from))
                {
                    const bool started =
                        step.Has(Action::SCR) || step.Has(Action::STR) || step.Has(Action::ZRC);
                    NS_TEST_EXPECT_MSG_EQ(started, true, "event " << +event << " in " << state);
                }
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. Names.
 */
class PppAutomatonNamesTest : public TestCase
{
  public:
    PppAutomatonNamesTest()
        : TestCase("states have the names of RFC 1661 and those of consoles")
    {
    }

  private:
    void DoRun() override
    {
        const char* const names[10][2] = {
            {"Initial", "Closed"},
            {"Starting", "Closed"},
            {"Closed", "Closed"},
            {"Stopped", "Listen"},
            {"Closing", "TERMsent"},
            {"Stopping", "TERMsent"},
            {"Req-Sent", "REQsent"},
            {"Ack-Rcvd", "ACKrcvd"},
            {"Ack-Sent", "ACKsent"},
            {"Opened", "Open"},
        };
        for (int state = 0; state < 10; state++)
        {
            const auto it = static_cast<State>(state);
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(it)), names[state][0], "RFC 1661");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToConsoleName(it)), names[state][1], "console");
        }
        const auto none = static_cast<uint8_t>(200);
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(static_cast<State>(none))), "unknown", "state");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(static_cast<Event>(none))), "unknown", "event");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(static_cast<Action>(none))),
                              "unknown",
                              "action");
        std::set<std::string> actions;
        for (uint8_t action = 0; action < PppAutomaton::ACTION_COUNT; action++)
        {
            actions.insert(ToString(static_cast<Action>(action)));
        }
        NS_TEST_EXPECT_MSG_EQ(actions.size(), PppAutomaton::ACTION_COUNT, "all different");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class PppAutomatonTestSuite : public TestSuite
{
  public:
    PppAutomatonTestSuite()
        : TestSuite("keepalive-ppp-automaton")
    {
        AddTestCase(new PppAutomatonTableTest({false, false}, "plain"));
        AddTestCase(new PppAutomatonTableTest({true, false}, "option p"));
        AddTestCase(new PppAutomatonTableTest({false, true}, "option r"));
        AddTestCase(new PppAutomatonTableTest({true, true}, "options p and r"));
        AddTestCase(new PppAutomatonTimerTest);
        AddTestCase(new PppAutomatonNamesTest);
    }
};

PppAutomatonTestSuite g_pppAutomatonTestSuite; //!< registers itself

} // namespace
} // namespace keepalive
} // namespace ns3
