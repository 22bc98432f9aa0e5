/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/bgp-fsm.h"
#include "ns3/test.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BgpFsm against RFC 4271 section 8.2.2, transcribed here as a table of text.
 *
 * Behaviours:
 *  1. every event of 29 in every state of 6, Connect and Active with and without a running
 *     DelayOpenTimer: the actions, their order, the new state and the NOTIFICATION
 *  2. likewise for every option: it changes the entries that it is about, and no others
 *  3. the IdleHoldTimer: who starts and who stops it, and what it holds back
 *  4. whatever happens in whatever order, no timer runs in a state that does not know it, there is
 *     no connection in Idle and no route outside Established
 *  5. what an executor may rely on: the NOTIFICATION goes out before the connection is dropped, a
 *     collision is resolved before the OPEN is confirmed, and nothing follows what ends the session
 *  6. two machines talk to each other until both are Established, with any OPEN delayed
 *  7. names, and events that do not exist
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Action = BgpAction;

constexpr std::size_t COLUMN_COUNT = 8; //!< states, Connect and Active twice

/// The columns of the table; d: the DelayOpenTimer runs.
const char* const COLUMNS[COLUMN_COUNT] = {"I", "C", "Cd", "A", "Ad", "S", "O", "E"};

/// What the actions are called in the table: capital letters start, small ones stop a timer.
const std::map<Action, std::string> CODES = {
    {Action::RESET_CONNECT_RETRY_COUNTER, "zero"},
    {Action::INCREMENT_CONNECT_RETRY_COUNTER, "count"},
    {Action::START_CONNECT_RETRY_TIMER, "CR"},
    {Action::STOP_CONNECT_RETRY_TIMER, "cr"},
    {Action::INITIATE_CONNECTION, "tcp"},
    {Action::LISTEN, "listen"},
    {Action::REJECT_CONNECTION, "reject"},
    {Action::DROP_CONNECTION, "drop"},
    {Action::START_DELAY_OPEN_TIMER, "DO"},
    {Action::STOP_DELAY_OPEN_TIMER, "do"},
    {Action::SEND_OPEN, "open"},
    {Action::SEND_KEEPALIVE, "keepalive"},
    {Action::SEND_NOTIFICATION, "N"},
    {Action::START_LARGE_HOLD_TIMER, "LH"},
    {Action::START_HOLD_TIMER, "H"},
    {Action::STOP_HOLD_TIMER, "h"},
    {Action::START_KEEPALIVE_TIMER, "K"},
    {Action::STOP_KEEPALIVE_TIMER, "k"},
    {Action::START_SEND_HOLD_TIMER, "SH"},
    {Action::STOP_SEND_HOLD_TIMER, "sh"},
    {Action::DELETE_ROUTES, "delete"},
    {Action::ANNOUNCE_ROUTES, "announce"},
    {Action::PROCESS_UPDATE, "update"},
    {Action::RELEASE_RESOURCES, "release"},
    {Action::DAMP_OSCILLATIONS, "damp"},
    {Action::TRACK_SECOND_CONNECTION, "track"},
    {Action::RESOLVE_COLLISION, "resolve"},
    {Action::START_IDLE_HOLD_TIMER, "IH"},
    {Action::STOP_IDLE_HOLD_TIMER, "ih"},
};

/**
 * RFC 4271 section 8.2.2, for no options but DelayOpen in the columns Cd and Ad.
 *
 * An entry is "actions/new state". "-": nothing happens; "!": nothing happens, and the event should
 * not have. "out" is the way out of a state, see OUT. "bad" is "out" with the counter incremented
 * and, if so configured, oscillations damped; "lost" is that without damping. "N4.0" is a
 * NOTIFICATION with code and subcode, "N5.1:4" one with data, "N?" one of which only the decoder
 * knows what it says. All ways out lead to Idle.
 */
// clang-format off
const char* const TABLE[BGP_EVENT_COUNT] = {
    // Administrative
    "1  zero,CR,listen,tcp/C -         -         -         -         -         -         -",
    "2  -                    out,zero  out,zero  out,zero  out,zero  N6.2,out,zero N6.2,out,zero N6.2,out,zero",
    "3  !                    !         !         !         !         !         !         !",
    "4  zero,CR,listen/A     -         -         -         -         -         -         -",
    "5  !                    !         !         !         !         !         !         !",
    "6  !                    !         !         !         !         !         !         !",
    "7  !                    !         !         !         !         !         !         !",
    "8  -                    bad       bad       bad       bad       N6.0,bad  N6.0,bad  N6.0,bad",
    // Timers
    "9  -    drop,do,CR,listen,tcp/C drop,do,CR,listen,tcp/C CR,listen,tcp/C CR,listen,tcp/C N5.0,bad N5.0,bad N5.0,bad",
    "10 -                    bad       bad       bad       bad       N4.0,bad  N4.0,bad  N4.0,bad",
    "11 -                    bad       bad       bad       bad       N5.0,bad  keepalive,K/O keepalive,K/E",
    "12 -    cr,do,open,LH/S cr,do,open,LH/S cr,do,open,LH/S cr,do,open,LH/S N5.0,bad  N5.0,bad  N5.0,bad",
    "13 !                    bad       bad       bad       bad       N5.0,bad  N5.0,bad  N5.0,bad",
    // TCP
    "14 reject/I             -         -         -         -         track/S   track/O   track/E",
    "15 reject/I             reject/C  reject/C  reject/A  reject/A  -         -         -",
    "16 -                    cr,open,LH/S cr,DO/C cr,open,LH/S cr,DO/A track/S track/O   track/E",
    "17 reject/I             cr,open,LH/S cr,DO/C cr,open,LH/S cr,DO/A track/S track/O   track/E",
    "18 -                    out       do,drop,CR,listen/A bad bad h,drop,CR,listen/A bad lost",
    // Messages
    "19 -                    bad       bad       bad       bad       do,cr,resolve,keepalive,K,H/O resolve/O -",
    "20 - cr,do,open,resolve,keepalive,K,H/O cr,do,open,resolve,keepalive,K,H/O cr,do,open,resolve,keepalive,K,H/O cr,do,open,resolve,keepalive,K,H/O N5.1:1,bad N5.2:1,bad N5.3:1,bad",
    "21 -                    bad       bad       bad       bad       N?,bad    N?,bad    N5.0,bad",
    "22 -                    bad       bad       bad       bad       N?,bad    N?,bad    N5.3:1,bad",
    "23 -                    bad       bad       bad       bad       N6.7,bad  N6.7,bad  -",
    "24 -                    bad       out       bad       out       out       out       lost",
    "25 -                    bad       bad       bad       bad       N5.1:3,bad bad      lost",
    "26 -                    bad       bad       bad       bad       N5.1:4,bad H,SH,announce/E H/E",
    "27 -                    bad       bad       bad       bad       N5.1:2,bad N5.2:2,bad H,update/E",
    "28 -                    bad       bad       bad       bad       N5.1:2,bad N5.2:2,bad N?,bad",
    // RFC 9687
    "29 -                    -         -         -         -         -         -         bad",
};

// clang-format on

/// "out", by column: stop the timers, and then what the RFC calls releasing all resources.
const char* const OUT[COLUMN_COUNT] = {
    "",
    "cr,do,drop,release",
    "cr,do,drop,release",
    "cr,do,drop,release",
    "cr,do,drop,release",
    "cr,h,drop,release",
    "cr,h,k,drop,release",
    "cr,h,k,sh,delete,drop,release",
};

/// How to get to each column, by event numbers; 12 matters with DelayOpen only.
const char* const WAYS[COLUMN_COUNT] =
    {"", "1", "1 16", "4", "4 17", "1 16 12", "1 16 12 19", "1 16 12 19 26"};

/// An entry that differs, with a set of options, from the table.
struct Override
{
    int event;          //!< number
    const char* column; //!< name of the column, or "*" for all
    const char* entry;  //!< the entry
};

/// A set of options, and what they change.
struct Variant
{
    const char* name;                              //!< what to call it
    std::function<void(BgpFsm::Options&)> options; //!< sets them
    std::vector<Override> overrides;               //!< what they change; the last one wins
};

using Options = BgpFsm::Options;

/// What 3, 5 (6, 7) and 13 do once they are allowed.
const std::vector<Override> AUTOMATIC = {{3, "*", "-"},
                                         {5, "*", "-"},
                                         {3, "I", "zero,CR,listen,tcp/C"},
                                         {5, "I", "zero,CR,listen/A"},
                                         {13, "I", "zero,CR,listen,tcp/C"}};

/**
 * @brief One list behind another.
 * @param list a list
 * @param more another
 * @return both
 */
std::vector<Override>
Join(std::vector<Override> list, const std::vector<Override>& more)
{
    list.insert(list.end(), more.begin(), more.end());
    return list;
}

/// All sets of options that are tried.
const std::vector<Variant> VARIANTS = {
    {"by the letter, no option", [](Options&) {}, {}},
    {"DelayOpen",
     [](Options& o) { o.delayOpen = true; },
     {{16, "C", "cr,DO/C"}, {16, "A", "cr,DO/A"}, {17, "C", "cr,DO/C"}, {17, "A", "cr,DO/A"}}},
    {"SendNOTIFICATIONwithoutOPEN",
     [](Options& o) { o.sendNotificationWithoutOpen = true; },
     {{21, "C", "N?,bad"},
      {21, "Cd", "N?,bad"},
      {21, "A", "N?,bad"},
      {21, "Ad", "N?,bad"},
      {22, "C", "N?,bad"},
      {22, "Cd", "N?,bad"},
      {22, "A", "N?,bad"},
      {22, "Ad", "N?,bad"},
      {2, "Ad", "N6.2,out,zero"}}},
    {"AllowAutomaticStart", [](Options& o) { o.allowAutomaticStart = true; }, AUTOMATIC},
    {"DampPeerOscillations alone", [](Options& o) { o.dampPeerOscillations = true; }, {}},
    {"AllowAutomaticStart and DampPeerOscillations",
     [](Options& o) { o.allowAutomaticStart = o.dampPeerOscillations = true; },
     Join(AUTOMATIC,
          {{6, "*", "-"},
           {7, "*", "-"},
           {6, "I", "zero,CR,listen,tcp/C"},
           {7, "I", "zero,CR,listen/A"}})},
    {"CollisionDetectEstablishedState",
     [](Options& o) { o.collisionDetectEstablished = true; },
     {{19, "E", "resolve/E"}, {23, "E", "N6.7,bad"}}},
    {"PassiveTcpEstablishment alone", [](Options& o) { o.passive = true; }, {}},
    {"PassiveTcpEstablishment and AllowAutomaticStart",
     [](Options& o) { o.passive = o.allowAutomaticStart = true; },
     Join(AUTOMATIC, {{13, "I", "zero,CR,listen/A"}})},
    {"never to connect, without being passive",
     [](Options& o) { o.passiveNeverConnects = true; },
     {}},
    {"passive, never to connect",
     [](Options& o) { o.passive = o.passiveNeverConnects = true; },
     {{9, "A", "CR,listen/A"}, {9, "Ad", "CR,listen/A"}}},
    {"UPDATE as KEEPALIVE",
     [](Options& o) { o.updateIsKeepalive = true; },
     {{27, "O", "H,SH,announce,update/E"}}},
    {"Active on failure to connect",
     [](Options& o) { o.activeOnConnectFailure = true; },
     {{18, "C", "do,drop,CR,listen/A"}}},
    {"header errors of Established reported",
     [](Options& o) { o.headerErrorInEstablished = true; },
     {{21, "E", "N?,bad"}}},
    {"second OPEN an error",
     [](Options& o) { o.secondOpenIsError = true; },
     {{19, "O", "N5.2:1,bad"}, {19, "E", "N5.3:1,bad"}}},
    {"second OPEN an error, whatever collides",
     [](Options& o) { o.secondOpenIsError = o.collisionDetectEstablished = true; },
     {{19, "O", "N5.2:1,bad"}, {19, "E", "N5.3:1,bad"}, {23, "E", "N6.7,bad"}}},
    {"NOTIFICATION ends OpenSent",
     [](Options& o) { o.notificationEndsOpenSent = true; },
     {{25, "S", "bad"}}},
    {"NOTIFICATION for the SendHoldTimer",
     [](Options& o) { o.notifySendHold = true; },
     {{29, "E", "N8.0,bad"}}},
};

/**
 * @brief The state of a letter.
 * @param letter as in the table
 * @return the state
 */
BgpState
StateOf(char letter)
{
    static const std::string LETTERS = "ICASOE";
    return static_cast<BgpState>(LETTERS.find(letter));
}

/**
 * @brief A machine in a given column.
 * @param column number of the column
 * @param options its options
 * @return the machine
 */
BgpFsm
MakeIn(std::size_t column, const Options& options)
{
    BgpFsm fsm(options);
    std::istringstream way(WAYS[column]);
    for (int event; way >> event;)
    {
        if (event != 12 || fsm.IsDelayOpenRunning())
        {
            const BgpTransition step = fsm.Handle(static_cast<BgpEvent>(event));
            (void)step;
        }
    }
    return fsm;
}

/**
 * @brief What a machine did, as the table writes it.
 * @param step what it returned
 * @return such as "N5.1:4,cr,h,drop,release,count/I"
 */
std::string
Describe(const BgpTransition& step)
{
    std::ostringstream text;
    for (const Action action : step.actions)
    {
        text << (text.str().empty() ? "" : ",") << CODES.at(action);
        if (action == Action::SEND_NOTIFICATION && !step.error)
        {
            text << "?";
        }
        else if (action == Action::SEND_NOTIFICATION)
        {
            text << int{step.error->code} << "." << int{step.error->subcode};
            for (const uint8_t octet : step.error->data)
            {
                text << ":" << int{octet};
            }
        }
    }
    text << "/"
         << "ICASOE"[static_cast<std::size_t>(step.to)];
    return step.allowed ? text.str() : text.str() + "!";
}

/**
 * @brief Write an entry out.
 * @param entry from the table
 * @param column its column
 * @param event its event
 * @param options the options
 * @return as Describe() has it
 */
std::string
WriteOut(const std::string& entry, std::size_t column, int event, const Options& options)
{
    const std::string state(1, COLUMNS[column][0]);
    if (entry == "-" || entry == "!")
    {
        return "/" + state + (entry == "!" ? "!" : "");
    }
    if (entry.find('/') != std::string::npos)
    {
        return entry;
    }
    std::string text;
    std::istringstream words(entry);
    for (std::string word; std::getline(words, word, ',');)
    {
        text += text.empty() ? "" : ",";
        if (word == "out" || word == "bad" || word == "lost")
        {
            text += OUT[column];
            text += word == "out" ? "" : ",count";
            text += word == "bad" && options.dampPeerOscillations ? ",damp" : "";
        }
        else
        {
            text += word;
        }
    }
    // Whoever falls back to Idle, unless the operator wants it so, starts anew after a while.
    return text + (options.allowAutomaticStart && event != 2 ? ",IH/I" : "/I");
}

/**
 * @ingroup keepalive-tests
 * @brief 1 and 2. Every event in every state, with one set of options.
 */
class BgpFsmTableTest : public TestCase
{
  public:
    /**
     * @brief One set of options.
     * @param variant the set
     */
    explicit BgpFsmTableTest(const Variant& variant)
        : TestCase(std::string("every event in every state: ") + variant.name),
          m_variant(variant)
    {
    }

  private:
    void DoRun() override
    {
        std::size_t visited = 0;
        std::size_t used = 0;
        for (int event = 1; event <= static_cast<int>(BGP_EVENT_COUNT); event++)
        {
            std::istringstream row(TABLE[event - 1]);
            int number = 0;
            row >> number;
            NS_TEST_ASSERT_MSG_EQ(number, event, "rows are in order");
            for (std::size_t column = 0; column < COLUMN_COUNT; column++)
            {
                std::string entry;
                row >> entry;
                for (const Override& o : m_variant.overrides)
                {
                    if (o.event == event &&
                        (std::string(o.column) == "*" || std::string(o.column) == COLUMNS[column]))
                    {
                        used += o.entry != entry ? 1 : 0;
                        entry = o.entry;
                    }
                }
                Check(event, column, entry);
                visited++;
            }
            std::string rest;
            NS_TEST_ASSERT_MSG_EQ(bool(row >> rest), false, "eight entries for " << event);
        }
        NS_TEST_EXPECT_MSG_EQ(visited, 29 * COLUMN_COUNT, "29 events");
        NS_TEST_EXPECT_MSG_EQ((used >= m_variant.overrides.size()), true, "all overrides differ");
    }

    /**
     * @brief Check one entry.
     * @param event number of the event
     * @param column number of the column
     * @param entry what should happen
     */
    void Check(int event, std::size_t column, const std::string& entry)
    {
        Options options;
        m_variant.options(options);
        const bool delayed = COLUMNS[column][1] == 'd';
        options.delayOpen = options.delayOpen || delayed;
        BgpFsm fsm = MakeIn(column, options);
        const BgpState before = StateOf(COLUMNS[column][0]);
        NS_TEST_ASSERT_MSG_EQ(ToString(fsm.GetState()), ToString(before), "the way leads there");
        NS_TEST_ASSERT_MSG_EQ(fsm.IsDelayOpenRunning(), delayed, "DelayOpenTimer");

        const auto what = static_cast<BgpEvent>(event);
        const BgpTransition step = fsm.Handle(what);
        NS_TEST_EXPECT_MSG_EQ(Describe(step),
                              WriteOut(entry, column, event, options),
                              ToString(what) << " in " << COLUMNS[column]);
        NS_TEST_EXPECT_MSG_EQ(ToString(step.from), ToString(before), "state before");
        NS_TEST_EXPECT_MSG_EQ(ToString(step.event), ToString(what), "event");
        NS_TEST_EXPECT_MSG_EQ(ToString(fsm.GetState()), ToString(step.to), "state after");
        const bool wasUp = before == BgpState::ESTABLISHED;
        const bool isUp = step.to == BgpState::ESTABLISHED;
        NS_TEST_EXPECT_MSG_EQ(step.IsUp(), !wasUp && isUp, "came up");
        NS_TEST_EXPECT_MSG_EQ(step.IsDown(), wasUp && !isUp, "went down");
        NS_TEST_EXPECT_MSG_EQ(step.error.has_value() &&
                                  !step.actions.Has(Action::SEND_NOTIFICATION),
                              false,
                              "an error is for a NOTIFICATION");
    }

    Variant m_variant; //!< the options
};

/**
 * @ingroup keepalive-tests
 * @brief 3. The IdleHoldTimer.
 */
class BgpFsmIdleHoldTest : public TestCase
{
  public:
    BgpFsmIdleHoldTest()
        : TestCase("the IdleHoldTimer holds back automatic starts, not the operator")
    {
    }

  private:
    /**
     * @brief Events, and what the last one leads to.
     * @param events their numbers
     * @param expected what the last one should do
     */
    void Check(const std::vector<int>& events, const std::string& expected)
    {
        Options options;
        options.allowAutomaticStart = true;
        options.dampPeerOscillations = true;
        BgpFsm fsm(options);
        std::string last;
        std::ostringstream all;
        for (const int event : events)
        {
            last = Describe(fsm.Handle(static_cast<BgpEvent>(event)));
            all << " " << event;
        }
        NS_TEST_EXPECT_MSG_EQ(last, expected, "after events" << all.str());
    }

    void DoRun() override
    {
        Check({1, 18}, "cr,do,drop,release,IH/I");         // falls back
        Check({1, 18, 13}, "ih,zero,CR,listen,tcp/C");     // after the wait
        Check({1, 18, 13, 18}, "cr,do,drop,release,IH/I"); // and again
        Check({1, 18, 6}, "/I");                           // damped
        Check({1, 18, 7}, "/I");                           //
        Check({1, 18, 3}, "ih,zero,CR,listen,tcp/C");      // not damped
        Check({1, 18, 5}, "ih,zero,CR,listen/A");          //
        Check({1, 18, 1}, "ih,zero,CR,listen,tcp/C");      // the operator does not wait
        Check({1, 18, 4}, "ih,zero,CR,listen/A");          //
        Check({1, 18, 2}, "ih/I");                         // and can call it off
        Check({1, 18, 2, 2}, "/I");                        // once
        Check({1, 18, 2, 6}, "zero,CR,listen,tcp/C");      // nothing holds it back now
        Check({1, 2}, "cr,do,drop,release,zero/I");        // a stop is a stop
        Check({1, 2, 7}, "zero,CR,listen/A");              //
        Check({1, 18, 13, 16, 19, 26}, "H,SH,announce/E"); // does not disturb what follows
        Check({1, 18, 13, 16, 19, 26, 2, 6}, "zero,CR,listen,tcp/C"); //
    }
};

/// What an executor has, for the tests of sequences.
struct Executor
{
    std::set<std::string> timers; //!< that run, by their capital code
    bool connection{false};       //!< there is one, or one is being opened
    bool routes{false};           //!< of the peer

    /**
     * @brief Carry out the actions.
     * @param step the transition
     */
    void Run(const BgpTransition& step)
    {
        static const std::map<Action, std::pair<std::string, bool>> TIMERS = {
            {Action::START_CONNECT_RETRY_TIMER, {"CR", true}},
            {Action::STOP_CONNECT_RETRY_TIMER, {"CR", false}},
            {Action::START_DELAY_OPEN_TIMER, {"DO", true}},
            {Action::STOP_DELAY_OPEN_TIMER, {"DO", false}},
            {Action::START_LARGE_HOLD_TIMER, {"H", true}},
            {Action::START_HOLD_TIMER, {"H", true}},
            {Action::STOP_HOLD_TIMER, {"H", false}},
            {Action::START_KEEPALIVE_TIMER, {"K", true}},
            {Action::STOP_KEEPALIVE_TIMER, {"K", false}},
            {Action::START_SEND_HOLD_TIMER, {"SH", true}},
            {Action::STOP_SEND_HOLD_TIMER, {"SH", false}},
            {Action::START_IDLE_HOLD_TIMER, {"IH", true}},
            {Action::STOP_IDLE_HOLD_TIMER, {"IH", false}}};
        for (const Action action : step.actions)
        {
            const auto timer = TIMERS.find(action);
            if (timer != TIMERS.end() && timer->second.second)
            {
                timers.insert(timer->second.first);
            }
            else if (timer != TIMERS.end())
            {
                timers.erase(timer->second.first);
            }
            connection = connection || action == Action::INITIATE_CONNECTION;
            connection = connection && action != Action::DROP_CONNECTION;
            routes = routes || action == Action::PROCESS_UPDATE;
            routes = routes && action != Action::DELETE_ROUTES;
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4 and 5. Long sequences of anything.
 */
class BgpFsmWalkTest : public TestCase
{
  public:
    BgpFsmWalkTest()
        : TestCase("whatever happens, timers, connection and routes fit the state")
    {
    }

  private:
    void DoRun() override
    {
        // The timers that each state may have; the IdleHoldTimer only waits in Idle.
        const std::map<BgpState, std::set<std::string>> allowed = {
            {BgpState::IDLE, {"IH"}},
            {BgpState::CONNECT, {"CR", "DO"}},
            {BgpState::ACTIVE, {"CR", "DO"}},
            {BgpState::OPEN_SENT, {"H"}},
            {BgpState::OPEN_CONFIRM, {"H", "K"}},
            {BgpState::ESTABLISHED, {"H", "K", "SH"}}};
        uint32_t random = 1;
        const auto draw = [&random](uint32_t below) {
            random = random * 1664525U + 1013904223U;
            return (random >> 8) % below;
        };
        std::map<BgpState, std::size_t> visits;
        for (uint32_t bits = 0; bits < 4096; bits++)
        {
            const Options options{(bits & 1) != 0,
                                  (bits & 2) != 0,
                                  (bits & 4) != 0,
                                  (bits & 8) != 0,
                                  (bits & 16) != 0,
                                  (bits & 32) != 0,
                                  (bits & 64) != 0,
                                  (bits & 128) != 0,
                                  (bits & 256) != 0,
                                  (bits & 512) != 0,
                                  (bits & 1024) != 0,
                                  (bits & 2048) != 0,
                                  draw(2) != 0};
            BgpFsm fsm(options);
            Executor executor;
            for (int i = 0; i < 200; i++)
            {
                // Half of the time what brings the session up, otherwise anything.
                static constexpr int FORWARD[] = {1, 16, 12, 19, 26, 27};
                const int event = draw(2) != 0 ? FORWARD[static_cast<std::size_t>(fsm.GetState())]
                                               : static_cast<int>(1 + draw(BGP_EVENT_COUNT));
                const BgpTransition step = fsm.Handle(static_cast<BgpEvent>(event));
                executor.Run(step);
                visits[step.to]++;
                CheckOrder(step);
                for (const std::string& timer : executor.timers)
                {
                    NS_TEST_ASSERT_MSG_EQ(allowed.at(step.to).count(timer),
                                          1,
                                          timer << " runs in " << ToString(step.to) << " after "
                                                << ToString(step.event));
                }
                const bool idle = step.to == BgpState::IDLE;
                NS_TEST_ASSERT_MSG_EQ(idle && executor.connection, false, "connection in Idle");
                const bool up = step.to == BgpState::ESTABLISHED;
                NS_TEST_ASSERT_MSG_EQ(!up && executor.routes, false, "routes of a dead session");
                NS_TEST_ASSERT_MSG_EQ(executor.timers.count("DO"),
                                      (fsm.IsDelayOpenRunning() ? 1 : 0),
                                      "the machine knows its DelayOpenTimer");
                NS_TEST_ASSERT_MSG_EQ(up && executor.timers.count("H") == 0, false, "HoldTimer");
            }
        }
        for (const auto& [state, count] : visits)
        {
            NS_TEST_EXPECT_MSG_EQ((count > 1000), true, "visits of " << ToString(state));
        }
    }

    /**
     * @brief Check the order of actions.
     * @param step the transition
     */
    void CheckOrder(const BgpTransition& step)
    {
        const std::vector<Action> list(step.actions.begin(), step.actions.end());
        const auto find = [&list](Action action) {
            std::size_t at = 0;
            while (at < list.size() && list[at] != action)
            {
                at++;
            }
            return at;
        };
        const std::size_t end = list.size();
        NS_TEST_ASSERT_MSG_EQ((end < BgpActionList::CAPACITY), true, "room is left");
        NS_TEST_ASSERT_MSG_EQ(std::set<Action>(list.begin(), list.end()).size(), end, "all differ");
        const std::size_t notification = find(Action::SEND_NOTIFICATION);
        NS_TEST_ASSERT_MSG_EQ((notification == end || notification == 0),
                              true,
                              "NOTIFICATION first");
        const std::size_t drop = find(Action::DROP_CONNECTION);
        NS_TEST_ASSERT_MSG_EQ((drop <= find(Action::RELEASE_RESOURCES)), true, "drop, release");
        const bool confirms = step.to == BgpState::OPEN_CONFIRM && step.from != step.to;
        const bool resolved = find(Action::RESOLVE_COLLISION) < find(Action::SEND_KEEPALIVE);
        NS_TEST_ASSERT_MSG_EQ(confirms && !resolved, false, "resolved before confirmed");
        for (const Action last : {Action::INITIATE_CONNECTION, Action::PROCESS_UPDATE})
        {
            const std::size_t at = find(last);
            NS_TEST_ASSERT_MSG_EQ((at == end || at == end - 1), true, "what may end it is last");
        }
        NS_TEST_ASSERT_MSG_EQ(step.actions.Has(Action::DELETE_ROUTES), step.IsDown(), "routes");
        NS_TEST_ASSERT_MSG_EQ(step.actions.Has(Action::ANNOUNCE_ROUTES), step.IsUp(), "routes");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Two machines on one connection.
 */
class BgpFsmConversationTest : public TestCase
{
  public:
    BgpFsmConversationTest()
        : TestCase("two machines bring a session up, and one ends it")
    {
    }

  private:
    /**
     * @brief Let both talk until nothing is left to be said.
     * @param ends the machines
     * @param first what happens first, and to whom
     * @return everything sent: 0 or 1, and what
     */
    std::string Talk(BgpFsm (&ends)[2], std::pair<int, BgpEvent> first)
    {
        std::string said;
        std::deque<std::pair<int, BgpEvent>> events{first};
        while (!events.empty())
        {
            const auto [end, event] = events.front();
            events.pop_front();
            const bool open = event == BgpEvent::BGP_OPEN;
            const BgpTransition step = ends[end].Handle(open ? ends[end].GetOpenEvent() : event);
            const int peer = 1 - end;
            for (const Action action : step.actions)
            {
                switch (action)
                {
                case Action::INITIATE_CONNECTION:
                    events.emplace_back(peer, BgpEvent::TCP_CONNECTION_CONFIRMED);
                    events.emplace_back(end, BgpEvent::TCP_CR_ACKED);
                    break;
                case Action::SEND_OPEN:
                    said += std::to_string(end) + "open ";
                    events.emplace_back(peer, BgpEvent::BGP_OPEN);
                    break;
                case Action::SEND_KEEPALIVE:
                    said += std::to_string(end) + "keepalive ";
                    events.emplace_back(peer, BgpEvent::KEEPALIVE_MSG);
                    break;
                case Action::SEND_NOTIFICATION:
                    said += std::to_string(end) + "notification ";
                    events.emplace_back(peer, BgpEvent::NOTIF_MSG);
                    break;
                default:
                    break;
                }
            }
            if (events.empty())
            {
                // The peer has had its time.
                for (const int one : {0, 1})
                {
                    if (ends[one].IsDelayOpenRunning())
                    {
                        events.emplace_back(one, BgpEvent::DELAY_OPEN_TIMER_EXPIRES);
                        break;
                    }
                }
            }
        }
        return said;
    }

    void DoRun() override
    {
        const struct
        {
            bool delayOpen[2]; //!< of the one who connects, and of the other
            const char* said;  //!< in this order
        } cases[] = {{{false, false}, "1open 0open 0keepalive 1keepalive "},
                     {{true, false}, "1open 0open 0keepalive 1keepalive "},
                     {{false, true}, "0open 1open 1keepalive 0keepalive "},
                     {{true, true}, "0open 1open 1keepalive 0keepalive "}};

        for (const auto& one : cases)
        {
            Options options[2];
            options[0].delayOpen = one.delayOpen[0];
            options[1].delayOpen = one.delayOpen[1];
            BgpFsm ends[2] = {BgpFsm(options[0]), BgpFsm(options[1])};
            const BgpTransition wait = ends[1].Handle(BgpEvent::MANUAL_START_PASSIVE);
            NS_TEST_EXPECT_MSG_EQ(ToString(wait.to), std::string("Active"), "waiting");
            NS_TEST_EXPECT_MSG_EQ(Talk(ends, {0, BgpEvent::MANUAL_START}), one.said, "bring up");
            for (const BgpFsm& end : ends)
            {
                NS_TEST_EXPECT_MSG_EQ(ToString(end.GetState()), std::string("Established"), "up");
            }
            NS_TEST_EXPECT_MSG_EQ(Talk(ends, {1, BgpEvent::HOLD_TIMER_EXPIRES}),
                                  "1notification ",
                                  "take down");
            for (const BgpFsm& end : ends)
            {
                NS_TEST_EXPECT_MSG_EQ(ToString(end.GetState()), std::string("Idle"), "down");
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. Names.
 */
class BgpFsmNamesTest : public TestCase
{
  public:
    BgpFsmNamesTest()
        : TestCase("states, events and actions have names, others have no effect")
    {
    }

  private:
    void DoRun() override
    {
        const char* const states[] =
            {"Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established", "unknown"};
        for (uint8_t state = 0; state <= BGP_STATE_COUNT; state++)
        {
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(static_cast<BgpState>(state))),
                                  states[state],
                                  "state");
        }
        std::set<std::string> names;
        for (uint8_t event = 0; event <= BGP_EVENT_COUNT + 1; event++)
        {
            names.insert(ToString(static_cast<BgpEvent>(event)));
        }
        NS_TEST_EXPECT_MSG_EQ(names.size(), BGP_EVENT_COUNT + 1, "all different, one unknown");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(BgpEvent::HOLD_TIMER_EXPIRES)),
                              "HoldTimer_Expires",
                              "RFC 4271");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(BgpEvent::SEND_HOLD_TIMER_EXPIRES)),
                              "SendHoldTimer_Expires",
                              "RFC 9687");
        names.clear();
        for (uint8_t action = 0; action <= BGP_ACTION_COUNT; action++)
        {
            names.insert(ToString(static_cast<BgpAction>(action)));
        }
        NS_TEST_EXPECT_MSG_EQ(names.size(), BGP_ACTION_COUNT + 1, "all different, one unknown");
        NS_TEST_EXPECT_MSG_EQ(CODES.size(), BGP_ACTION_COUNT, "codes in the table");

        for (const int event : {0, 30, 255})
        {
            BgpFsm fsm = MakeIn(7, {});
            NS_TEST_EXPECT_MSG_EQ(Describe(fsm.Handle(static_cast<BgpEvent>(event))),
                                  "/E",
                                  "no such event");
        }
        BgpActionList list;
        for (std::size_t i = 0; i < BgpActionList::CAPACITY + 2; i++)
        {
            list.Add(Action::SEND_OPEN);
        }
        NS_TEST_EXPECT_MSG_EQ(list.GetSize(), BgpActionList::CAPACITY, "bounded");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BgpFsmTestSuite : public TestSuite
{
  public:
    BgpFsmTestSuite()
        : TestSuite("keepalive-bgp-fsm")
    {
        for (const Variant& variant : VARIANTS)
        {
            AddTestCase(new BgpFsmTableTest(variant));
        }
        AddTestCase(new BgpFsmIdleHoldTest);
        AddTestCase(new BgpFsmWalkTest);
        AddTestCase(new BgpFsmConversationTest);
        AddTestCase(new BgpFsmNamesTest);
    }
};

BgpFsmTestSuite g_bgpFsmTestSuite; //!< registers itself

} // namespace
} // namespace keepalive
} // namespace ns3
