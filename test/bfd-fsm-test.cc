/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The state machine of BFD, event by event, and two of them against each other.
 *
 * 1. A session begins in Down with nothing to tell.
 * 2. Every event in every state leads to the state, the diagnostic and the verdict that RFC 5880
 *    sections 6.2, 6.8.4, 6.8.6 and 6.8.16 say.
 * 3. The diagnostic of a failure is told until the session is up again.
 * 4. Two ends in whatever states, none of them shut, come up when they hear each other, and do not
 *    fall again.
 * 5. No end stays up when the other one is shut, or does not hear it.
 */

#include "ns3/bfd-fsm.h"
#include "ns3/test.h"

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Verdict = BfdFsm::Verdict;

constexpr BfdState A = BfdState::ADMIN_DOWN; //!< short for tables
constexpr BfdState D = BfdState::DOWN;       //!< short for tables
constexpr BfdState I = BfdState::INIT;       //!< short for tables
constexpr BfdState U = BfdState::UP;         //!< short for tables

/**
 * @ingroup keepalive-tests
 * @brief Bring a machine into a state, by the shortest way.
 * @param state the state
 * @return the machine
 */
BfdFsm
InState(BfdState state)
{
    BfdFsm fsm;
    switch (state)
    {
    case A:
        static_cast<void>(fsm.SetAdminDown(true));
        break;
    case D:
        break;
    case I:
        static_cast<void>(fsm.OnPacket(D));
        break;
    case U:
        static_cast<void>(fsm.OnPacket(I));
        break;
    }
    return fsm;
}

/**
 * @ingroup keepalive-tests
 * @brief What a machine says of itself.
 * @param fsm the machine
 * @return such as "Down 1"
 */
std::string
Describe(const BfdFsm& fsm)
{
    std::ostringstream text;
    text << ToString(fsm.GetState()) << " " << static_cast<uint32_t>(fsm.GetDiagnostic());
    return text.str();
}

/**
 * @ingroup keepalive-tests
 * @brief 1. The beginning.
 */
class BfdFsmStartTest : public TestCase
{
  public:
    BfdFsmStartTest()
        : TestCase("a session begins in Down with nothing to tell")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(Describe(BfdFsm()), "Down 0", "at the beginning");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Every event in every state.
 */
class BfdFsmTableTest : public TestCase
{
  public:
    BfdFsmTableTest()
        : TestCase("every event in every state")
    {
    }

  private:
    /// What may happen; the first four are packets with that state of the peer.
    enum Event
    {
        PEER_ADMIN_DOWN,
        PEER_DOWN,
        PEER_INIT,
        PEER_UP,
        SILENCE,
        SHUT,
        ENABLE
    };

    /**
     * @brief Let something happen.
     * @param fsm to which machine
     * @param event what
     * @return its verdict
     */
    static Verdict Happen(BfdFsm& fsm, Event event)
    {
        switch (event)
        {
        case SILENCE:
            return fsm.OnDetectionTimeExpired();
        case SHUT:
            return fsm.SetAdminDown(true);
        case ENABLE:
            return fsm.SetAdminDown(false);
        default:
            return fsm.OnPacket(static_cast<BfdState>(event));
        }
    }

    void DoRun() override
    {
        struct Row
        {
            BfdState state;       // before
            Event event;          // what happens
            Verdict verdict;      // expected
            std::string expected; // state and diagnostic afterwards
        };

        const Row rows[] = {
            {A, PEER_ADMIN_DOWN, Verdict::DISCARDED, "AdminDown 7"},
            {A, PEER_DOWN, Verdict::DISCARDED, "AdminDown 7"},
            {A, PEER_INIT, Verdict::DISCARDED, "AdminDown 7"},
            {A, PEER_UP, Verdict::DISCARDED, "AdminDown 7"},
            {A, SILENCE, Verdict::UNCHANGED, "AdminDown 7"},
            {A, SHUT, Verdict::UNCHANGED, "AdminDown 7"},
            {A, ENABLE, Verdict::CHANGED, "Down 0"},
            {D, PEER_ADMIN_DOWN, Verdict::UNCHANGED, "Down 0"},
            {D, PEER_DOWN, Verdict::CHANGED, "Init 0"},
            {D, PEER_INIT, Verdict::CHANGED, "Up 0"},
            {D, PEER_UP, Verdict::UNCHANGED, "Down 0"},
            {D, SILENCE, Verdict::UNCHANGED, "Down 0"},
            {D, SHUT, Verdict::CHANGED, "AdminDown 7"},
            {D, ENABLE, Verdict::UNCHANGED, "Down 0"},
            {I, PEER_ADMIN_DOWN, Verdict::CHANGED, "Down 3"},
            {I, PEER_DOWN, Verdict::UNCHANGED, "Init 0"},
            {I, PEER_INIT, Verdict::CHANGED, "Up 0"},
            {I, PEER_UP, Verdict::CHANGED, "Up 0"},
            {I, SILENCE, Verdict::CHANGED, "Down 1"},
            {I, SHUT, Verdict::CHANGED, "AdminDown 7"},
            {I, ENABLE, Verdict::UNCHANGED, "Init 0"},
            {U, PEER_ADMIN_DOWN, Verdict::CHANGED, "Down 3"},
            {U, PEER_DOWN, Verdict::CHANGED, "Down 3"},
            {U, PEER_INIT, Verdict::UNCHANGED, "Up 0"},
            {U, PEER_UP, Verdict::UNCHANGED, "Up 0"},
            {U, SILENCE, Verdict::CHANGED, "Down 1"},
            {U, SHUT, Verdict::CHANGED, "AdminDown 7"},
            {U, ENABLE, Verdict::UNCHANGED, "Up 0"},
        };
        NS_TEST_ASSERT_MSG_EQ(std::size(rows), 7 * BFD_STATE_COUNT, "the table is complete");
        for (const Row& row : rows)
        {
            BfdFsm fsm = InState(row.state);
            const Verdict verdict = Happen(fsm, row.event);
            NS_TEST_EXPECT_MSG_EQ(Describe(fsm),
                                  row.expected,
                                  "event " << row.event << " in " << ToString(row.state));
            NS_TEST_EXPECT_MSG_EQ(static_cast<int>(verdict),
                                  static_cast<int>(row.verdict),
                                  "event " << row.event << " in " << ToString(row.state));
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. How long a diagnostic is told.
 */
class BfdFsmDiagnosticTest : public TestCase
{
  public:
    BfdFsmDiagnosticTest()
        : TestCase("the diagnostic of a failure is told until the session is up again")
    {
    }

  private:
    void DoRun() override
    {
        BfdFsm fsm = InState(U);
        static_cast<void>(fsm.OnDetectionTimeExpired());
        static_cast<void>(fsm.OnPacket(U));
        NS_TEST_EXPECT_MSG_EQ(Describe(fsm), "Down 1", "the peer has yet to notice");
        static_cast<void>(fsm.OnPacket(D));
        NS_TEST_EXPECT_MSG_EQ(Describe(fsm), "Init 1", "on the way up");
        static_cast<void>(fsm.OnPacket(U));
        NS_TEST_EXPECT_MSG_EQ(Describe(fsm), "Up 0", "it works");
        static_cast<void>(fsm.OnPacket(D));
        NS_TEST_EXPECT_MSG_EQ(Describe(fsm), "Down 3", "the peer says so");
        static_cast<void>(fsm.OnDetectionTimeExpired());
        NS_TEST_EXPECT_MSG_EQ(Describe(fsm), "Down 3", "silence is nothing new");
        static_cast<void>(fsm.OnPacket(I));
        NS_TEST_EXPECT_MSG_EQ(Describe(fsm), "Up 0", "it works");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. Two machines come up.
 */
class BfdFsmPairTest : public TestCase
{
  public:
    BfdFsmPairTest()
        : TestCase("two ends that hear each other come up, whatever their states")
    {
    }

  private:
    void DoRun() override
    {
        for (const BfdState first : {D, I, U})
        {
            for (const BfdState second : {D, I, U})
            {
                for (const bool simultaneous : {false, true})
                {
                    BfdFsm a = InState(first);
                    BfdFsm b = InState(second);
                    for (uint32_t round = 0; round < 10; round++)
                    {
                        const BfdState told = a.GetState();
                        if (!simultaneous)
                        {
                            static_cast<void>(b.OnPacket(told));
                        }
                        static_cast<void>(a.OnPacket(b.GetState()));
                        if (simultaneous)
                        {
                            static_cast<void>(b.OnPacket(told));
                        }
                        // From Up and Down it takes the failure, and two rounds up.
                        const bool up = a.GetState() == U && b.GetState() == U;
                        if (round >= 3)
                        {
                            NS_TEST_EXPECT_MSG_EQ(up,
                                                  true,
                                                  "from " << ToString(first) << " and "
                                                          << ToString(second) << " in round "
                                                          << round);
                        }
                    }
                }
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Nobody stays up alone.
 */
class BfdFsmAloneTest : public TestCase
{
  public:
    BfdFsmAloneTest()
        : TestCase("no end stays up when the other one is shut, or does not hear it")
    {
    }

  private:
    void DoRun() override
    {
        for (const BfdState state : {D, I, U})
        {
            BfdFsm fsm = InState(state);
            for (uint32_t i = 0; i < 5; i++)
            {
                static_cast<void>(fsm.OnPacket(A));
                NS_TEST_EXPECT_MSG_EQ((fsm.GetState() == D), true, "the other one is shut");
            }

            // The other end hears nothing: its own state stays Down, whatever it is told.
            fsm = InState(state);
            for (uint32_t i = 0; i < 5; i++)
            {
                static_cast<void>(fsm.OnPacket(D));
                NS_TEST_EXPECT_MSG_NE((fsm.GetState() == U), true, "the other one hears nothing");
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BfdFsmTestSuite : public TestSuite
{
  public:
    BfdFsmTestSuite()
        : TestSuite("keepalive-bfd-fsm")
    {
        AddTestCase(new BfdFsmStartTest);
        AddTestCase(new BfdFsmTableTest);
        AddTestCase(new BfdFsmDiagnosticTest);
        AddTestCase(new BfdFsmPairTest);
        AddTestCase(new BfdFsmAloneTest);
    }
};

BfdFsmTestSuite g_bfdFsmTestSuite; //!< registers the suite

} // namespace
