/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-automaton.h"

#include <initializer_list>

namespace ns3
{
namespace keepalive
{

namespace
{

using State = PppAutomaton::State;
using Event = PppAutomaton::Event;
using Action = PppAutomaton::Action;

/// What the small letters in the table stand for.
enum class Mark : uint8_t
{
    PLAIN,      //!< no mark
    PASSIVE,    //!< p: with the passive option, no tlf
    RESTART,    //!< r: with the restart option, Down and Up follow
    CROSSED,    //!< x: crossed connection
    IMPOSSIBLE, //!< -: cannot happen
};

/// One entry of the table: "actions/new state" and a mark.
struct Entry
{
    /// An entry "-".
    constexpr Entry() = default;

    /**
     * @brief An entry without actions.
     * @param state number of the new state
     * @param itsMark the small letter behind it
     */
    constexpr Entry(uint8_t state, Mark itsMark = Mark::PLAIN)
        : to(static_cast<State>(state)),
          mark(itsMark)
    {
    }

    /**
     * @brief An entry with actions.
     * @param itsActions the actions
     * @param state number of the new state
     * @param itsMark the small letter behind it
     */
    constexpr Entry(std::initializer_list<Action> itsActions,
                    uint8_t state,
                    Mark itsMark = Mark::PLAIN)
        : to(static_cast<State>(state)),
          mark(itsMark)
    {
        std::size_t count = 0;
        for (const Action action : itsActions)
        {
            actions[count++] = action;
        }
    }

    Action actions[PppAutomaton::MAX_ACTIONS]{}; //!< what to do
    State to{State::INITIAL};                    //!< where to go
    Mark mark{Mark::IMPOSSIBLE};                 //!< the small letter
};

/**
 * @name The words of the RFC, for its tables below only
 * @{
 */
constexpr Action tlu = Action::TLU;
constexpr Action tld = Action::TLD;
constexpr Action tls = Action::TLS;
constexpr Action tlf = Action::TLF;
constexpr Action irc = Action::IRC;
constexpr Action zrc = Action::ZRC;
constexpr Action scr = Action::SCR;
constexpr Action sca = Action::SCA;
constexpr Action scn = Action::SCN;
constexpr Action str = Action::STR;
constexpr Action sta = Action::STA;
constexpr Action scj = Action::SCJ;
constexpr Action ser = Action::SER;
constexpr Mark p = Mark::PASSIVE;
constexpr Mark r = Mark::RESTART;
constexpr Mark x = Mark::CROSSED;
constexpr Entry no;
/** @} */

/// Columns in the first half of the table.
constexpr std::size_t FIRST_HALF_STATES = 6;

// clang-format off
/// The table of RFC 1661 section 4.1, first half.
constexpr Entry FIRST_HALF[PppAutomaton::EVENT_COUNT][FIRST_HALF_STATES] = {
    //          0 Initial    1 Starting      2 Closed        3 Stopped             4 Closing   5 Stopping
    /* Up    */ {{2},        {{irc, scr}, 6}, no,            no,                   no,         no},
    /* Down  */ {no,         no,             {0},            {{tls}, 1},           {0},        {1}},
    /* Open  */ {{{tls}, 1}, {1},            {{irc, scr}, 6}, {3, r},              {5, r},     {5, r}},
    /* Close */ {{0},        {{tlf}, 0},     {2},            {2},                  {4},        {4}},
    /* TO+   */ {no,         no,             no,             no,                   {{str}, 4}, {{str}, 5}},
    /* TO-   */ {no,         no,             no,             no,                   {{tlf}, 2}, {{tlf}, 3}},
    /* RCR+  */ {no,         no,             {{sta}, 2},     {{irc, scr, sca}, 8}, {4},        {5}},
    /* RCR-  */ {no,         no,             {{sta}, 2},     {{irc, scr, scn}, 6}, {4},        {5}},
    /* RCA   */ {no,         no,             {{sta}, 2},     {{sta}, 3},           {4},        {5}},
    /* RCN   */ {no,         no,             {{sta}, 2},     {{sta}, 3},           {4},        {5}},
    /* RTR   */ {no,         no,             {{sta}, 2},     {{sta}, 3},           {{sta}, 4}, {{sta}, 5}},
    /* RTA   */ {no,         no,             {2},            {3},                  {{tlf}, 2}, {{tlf}, 3}},
    /* RUC   */ {no,         no,             {{scj}, 2},     {{scj}, 3},           {{scj}, 4}, {{scj}, 5}},
    /* RXJ+  */ {no,         no,             {2},            {3},                  {4},        {5}},
    /* RXJ-  */ {no,         no,             {{tlf}, 2},     {{tlf}, 3},           {{tlf}, 2}, {{tlf}, 3}},
    /* RXR   */ {no,         no,             {2},            {3},                  {4},        {5}},
};

/// The table of RFC 1661 section 4.1, second half.
constexpr Entry SECOND_HALF[PppAutomaton::EVENT_COUNT][PppAutomaton::STATE_COUNT - FIRST_HALF_STATES] = {
    //          6 Req-Sent       7 Ack-Rcvd       8 Ack-Sent       9 Opened
    /* Up    */ {no,              no,              no,              no},
    /* Down  */ {{1},             {1},             {1},             {{tld}, 1}},
    /* Open  */ {{6},             {7},             {8},             {9, r}},
    /* Close */ {{{irc, str}, 4}, {{irc, str}, 4}, {{irc, str}, 4}, {{tld, irc, str}, 4}},
    /* TO+   */ {{{scr}, 6},      {{scr}, 6},      {{scr}, 8},      no},
    /* TO-   */ {{{tlf}, 3, p},   {{tlf}, 3, p},   {{tlf}, 3, p},   no},
    /* RCR+  */ {{{sca}, 8},      {{sca, tlu}, 9}, {{sca}, 8},      {{tld, scr, sca}, 8}},
    /* RCR-  */ {{{scn}, 6},      {{scn}, 7},      {{scn}, 6},      {{tld, scr, scn}, 6}},
    /* RCA   */ {{{irc}, 7},      {{scr}, 6, x},   {{irc, tlu}, 9}, {{tld, scr}, 6, x}},
    /* RCN   */ {{{irc, scr}, 6}, {{scr}, 6, x},   {{irc, scr}, 8}, {{tld, scr}, 6, x}},
    /* RTR   */ {{{sta}, 6},      {{sta}, 6},      {{sta}, 6},      {{tld, zrc, sta}, 5}},
    /* RTA   */ {{6},             {6},             {8},             {{tld, scr}, 6}},
    /* RUC   */ {{{scj}, 6},      {{scj}, 7},      {{scj}, 8},      {{scj}, 9}},
    /* RXJ+  */ {{6},             {6},             {8},             {9}},
    /* RXJ-  */ {{{tlf}, 3},      {{tlf}, 3},      {{tlf}, 3},      {{tld, irc, str}, 5}},
    /* RXR   */ {{6},             {7},             {8},             {{ser}, 9}},
};

// clang-format on

/**
 * @brief Look an entry up.
 * @param state the column
 * @param event the row
 * @return the entry
 */
const Entry&
Find(State state, Event event)
{
    const auto column = static_cast<std::size_t>(state);
    const auto row = static_cast<std::size_t>(event);
    return column < FIRST_HALF_STATES ? FIRST_HALF[row][column]
                                      : SECOND_HALF[row][column - FIRST_HALF_STATES];
}

} // namespace

bool
PppAutomaton::Step::Has(Action action) const
{
    for (const Action one : actions)
    {
        if (one == action)
        {
            return true;
        }
    }
    return false;
}

PppAutomaton::PppAutomaton(const Options& options)
    : m_options(options)
{
}

PppAutomaton::Step
PppAutomaton::Handle(Event event)
{
    Step step;
    step.from = m_state;
    step.to = m_state;
    const Entry& entry = Find(m_state, event);
    if (entry.mark == Mark::IMPOSSIBLE)
    {
        step.possible = false;
        return step;
    }

    m_state = entry.to;
    step.to = entry.to;
    step.crossed = entry.mark == Mark::CROSSED;
    std::size_t count = 0;
    for (const Action action : entry.actions)
    {
        // "the This-Layer-Finished action is not used" (section 4.2, Stopped)
        const bool omitted =
            entry.mark == Mark::PASSIVE && m_options.passive && action == Action::TLF;
        if (action != Action::NONE && !omitted)
        {
            step.actions[count++] = action;
        }
    }

    if (entry.mark == Mark::RESTART && m_options.restart)
    {
        // "issue a Down event, immediately followed by an Up event" (section 4.3, Open). From the
        // four states so marked that is at most one action, and then irc and scr.
        for (const Event next : {Event::DOWN, Event::UP})
        {
            const Step part = Handle(next);
            for (const Action action : part.actions)
            {
                if (action != Action::NONE && count < MAX_ACTIONS)
                {
                    step.actions[count++] = action;
                }
            }
            step.to = part.to;
        }
    }
    return step;
}

PppAutomaton::State
PppAutomaton::GetState() const
{
    return m_state;
}

bool
PppAutomaton::IsTimed(State state)
{
    return state >= State::CLOSING && state <= State::ACK_SENT;
}

const char*
ToString(PppAutomaton::State state)
{
    switch (state)
    {
    case State::INITIAL:
        return "Initial";
    case State::STARTING:
        return "Starting";
    case State::CLOSED:
        return "Closed";
    case State::STOPPED:
        return "Stopped";
    case State::CLOSING:
        return "Closing";
    case State::STOPPING:
        return "Stopping";
    case State::REQ_SENT:
        return "Req-Sent";
    case State::ACK_RCVD:
        return "Ack-Rcvd";
    case State::ACK_SENT:
        return "Ack-Sent";
    case State::OPENED:
        return "Opened";
    }
    return "unknown";
}

const char*
ToString(PppAutomaton::Event event)
{
    static constexpr const char* NAMES[PppAutomaton::EVENT_COUNT] = {"Up",
                                                                     "Down",
                                                                     "Open",
                                                                     "Close",
                                                                     "TO+",
                                                                     "TO-",
                                                                     "RCR+",
                                                                     "RCR-",
                                                                     "RCA",
                                                                     "RCN",
                                                                     "RTR",
                                                                     "RTA",
                                                                     "RUC",
                                                                     "RXJ+",
                                                                     "RXJ-",
                                                                     "RXR"};
    const auto index = static_cast<std::size_t>(event);
    return index < PppAutomaton::EVENT_COUNT ? NAMES[index] : "unknown";
}

const char*
ToString(PppAutomaton::Action action)
{
    static constexpr const char* NAMES[PppAutomaton::ACTION_COUNT] = {"",
                                                                      "tlu",
                                                                      "tld",
                                                                      "tls",
                                                                      "tlf",
                                                                      "irc",
                                                                      "zrc",
                                                                      "scr",
                                                                      "sca",
                                                                      "scn",
                                                                      "str",
                                                                      "sta",
                                                                      "scj",
                                                                      "ser"};
    const auto index = static_cast<std::size_t>(action);
    return index < PppAutomaton::ACTION_COUNT ? NAMES[index] : "unknown";
}

const char*
ToConsoleName(PppAutomaton::State state)
{
    switch (state)
    {
    case State::INITIAL:
    case State::STARTING:
    case State::CLOSED:
        return "Closed";
    case State::STOPPED:
        return "Listen";
    case State::CLOSING:
    case State::STOPPING:
        return "TERMsent";
    case State::REQ_SENT:
        return "REQsent";
    case State::ACK_RCVD:
        return "ACKrcvd";
    case State::ACK_SENT:
        return "ACKsent";
    case State::OPENED:
        return "Open";
    }
    return "unknown";
}

} // namespace keepalive
} // namespace ns3
