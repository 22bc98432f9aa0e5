/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/hold-timer.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief HoldTimer: exact expiry, cheap restarts, ties, and no event left behind.
 *
 * Behaviours:
 *  1. silence for the hold time expires the timer, exactly then and once
 *  2. every restart moves the deadline to the hold time after it
 *  3. a restart with a shorter hold time expires sooner
 *  4. a restart with a longer hold time expires later
 *  5. Stop prevents the expiry, and a later restart works
 *  6. a hold time of zero disables the timer, running or not, and so does one below zero
 *  7. time left and running tell the deadline, also between restart and sleeping event
 *  8. a thousand restarts per hold time cost about one event per hold time
 *  9. an arrival at the instant of expiry counts, whether scheduled before the timer or after it
 * 10. so does one at the instant at which a re-armed timer would expire
 * 11. a Stop at the instant of expiry counts, in either order
 * 12. the expiry callback may restart the timer
 * 13. destruction cancels
 * 14. after Stop and destruction the simulation ends, no later than the old deadline
 * 15. a timer without a callback expires all the same
 */

namespace ns3
{
namespace keepalive
{
namespace
{

/// A test case with a timer, a record of its expiries, and a schedule of what is done to it.
class HoldTimerTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit HoldTimerTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_timer = std::make_unique<HoldTimer>();
        m_timer->SetExpired(MakeCallback(&HoldTimerTestCase::Expired, this));
        m_expiries.clear();
    }

    void DoTeardown() override
    {
        m_timer.reset();
        Simulator::Destroy();
    }

    /**
     * @brief Restart the timer at a given time.
     * @param at when
     * @param holdTime silence allowed
     */
    void RestartAt(Time at, Time holdTime)
    {
        Simulator::Schedule(at - Simulator::Now(), &HoldTimerTestCase::Restart, this, holdTime);
    }

    /**
     * @brief Stop the timer at a given time.
     * @param at when
     */
    void StopAt(Time at)
    {
        Simulator::Schedule(at - Simulator::Now(), &HoldTimerTestCase::Stop, this);
    }

    /**
     * @brief Destroy the timer at a given time.
     * @param at when
     */
    void DestroyAt(Time at)
    {
        Simulator::Schedule(at - Simulator::Now(), &HoldTimerTestCase::Destroy, this);
    }

    /**
     * @brief Compare what the timer says of itself at a given time.
     * @param at when
     * @param running whether an expiry lies ahead
     * @param left time left
     */
    void CheckAt(Time at, bool running, Time left)
    {
        Simulator::Schedule(at - Simulator::Now(), &HoldTimerTestCase::Check, this, running, left);
    }

    /**
     * @brief Compare the record.
     * @param expected the times of the expiries, in seconds
     */
    void ExpectExpiries(const std::vector<double>& expected)
    {
        NS_TEST_ASSERT_MSG_EQ(m_expiries.size(), expected.size(), "number of expiries");
        for (std::size_t i = 0; i < expected.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(m_expiries[i], Seconds(expected[i]), "expiry " << i);
        }
    }

    /// The timer expired.
    virtual void Expired()
    {
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), false, "stopped when the callback runs");
        NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Time(0), "nothing left then");
        m_expiries.push_back(Simulator::Now());
    }

    std::unique_ptr<HoldTimer> m_timer; //!< the timer
    std::vector<Time> m_expiries;       //!< when it expired

  private:
    /**
     * @brief Restart the timer.
     * @param holdTime silence allowed
     */
    void Restart(Time holdTime)
    {
        m_timer->Restart(holdTime);
    }

    /// Stop the timer.
    void Stop()
    {
        m_timer->Stop();
    }

    /// Destroy the timer.
    void Destroy()
    {
        m_timer.reset();
    }

    /**
     * @brief Compare what the timer says of itself.
     * @param running whether an expiry lies ahead
     * @param left time left
     */
    void Check(bool running, Time left)
    {
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), running, "running at " << Simulator::Now());
        NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), left, "left at " << Simulator::Now());
    }
};

/// Behaviour 1.
class ExpiryTestCase : public HoldTimerTestCase
{
  public:
    ExpiryTestCase()
        : HoldTimerTestCase("Silence for the hold time expires the timer, exactly then and once")
    {
    }

  private:
    void DoRun() override
    {
        RestartAt(Seconds(1), Seconds(180));
        Simulator::Run();
        ExpectExpiries({181});
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Seconds(181), "nothing happens after that");
    }
};

/// Behaviour 2.
class RestartTestCase : public HoldTimerTestCase
{
  public:
    RestartTestCase()
        : HoldTimerTestCase("Every restart moves the deadline to the hold time after it")
    {
    }

  private:
    void DoRun() override
    {
        // Gaps of 2.9 s within a hold time of 3 s; the last one is heard at 29 s.
        for (int i = 0; i <= 10; i++)
        {
            RestartAt(MilliSeconds(2900 * i), Seconds(3));
        }
        Simulator::Run();
        ExpectExpiries({32});
    }
};

/// Behaviour 3.
class ShortenTestCase : public HoldTimerTestCase
{
  public:
    ShortenTestCase()
        : HoldTimerTestCase("A restart with a shorter hold time expires sooner")
    {
    }

  private:
    void DoRun() override
    {
        RestartAt(Seconds(0), Seconds(180));
        RestartAt(Seconds(10), Seconds(90)); // 100: sooner than 180
        RestartAt(Seconds(20), Seconds(2));  // 22
        Simulator::Run();
        ExpectExpiries({22});
    }
};

/// Behaviour 4.
class LengthenTestCase : public HoldTimerTestCase
{
  public:
    LengthenTestCase()
        : HoldTimerTestCase("A restart with a longer hold time expires later")
    {
    }

  private:
    void DoRun() override
    {
        RestartAt(Seconds(0), Seconds(3));
        RestartAt(Seconds(2), Seconds(180)); // the event of 3 s sleeps on
        RestartAt(Seconds(4), Seconds(10));  // shorter than that, with the event at 182 s
        RestartAt(Seconds(5), Seconds(20));  // and longer again, before the event at 14 s
        Simulator::Run();
        ExpectExpiries({25});
    }
};

/// Behaviour 5.
class StopTestCase : public HoldTimerTestCase
{
  public:
    StopTestCase()
        : HoldTimerTestCase("Stop prevents the expiry, and a later restart works")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Stop(); // never started: nothing to do
        RestartAt(Seconds(0), Seconds(3));
        StopAt(Seconds(1));
        StopAt(Seconds(2));
        CheckAt(Seconds(2), false, Seconds(0));
        CheckAt(Seconds(3), false, Seconds(0));
        RestartAt(Seconds(5), Seconds(3));
        Simulator::Run();
        ExpectExpiries({8});
    }
};

/// Behaviour 6.
class ZeroTestCase : public HoldTimerTestCase
{
  public:
    ZeroTestCase()
        : HoldTimerTestCase("A hold time of zero or less disables the timer")
    {
    }

  private:
    void DoRun() override
    {
        RestartAt(Seconds(0), Seconds(0));
        CheckAt(Seconds(0), false, Seconds(0));
        RestartAt(Seconds(1), Seconds(3));
        CheckAt(Seconds(1), true, Seconds(3));
        RestartAt(Seconds(2), Seconds(0));
        CheckAt(Seconds(2), false, Seconds(0));
        RestartAt(Seconds(10), Seconds(3));
        RestartAt(Seconds(11), Seconds(-1));
        CheckAt(Seconds(11), false, Seconds(0));
        Simulator::Run();
        ExpectExpiries({});
    }
};

/// Behaviour 7.
class TimeLeftTestCase : public HoldTimerTestCase
{
  public:
    TimeLeftTestCase()
        : HoldTimerTestCase("Time left and running tell the deadline, not the sleeping event")
    {
    }

  private:
    void DoRun() override
    {
        CheckAt(Seconds(0), false, Seconds(0));
        RestartAt(Seconds(1), Seconds(10));
        CheckAt(Seconds(1), true, Seconds(10));
        CheckAt(Seconds(4), true, Seconds(7));
        RestartAt(Seconds(5), Seconds(20));
        CheckAt(Seconds(6), true, Seconds(19));
        CheckAt(Seconds(11), true, Seconds(14));
        CheckAt(Seconds(12), true, Seconds(13));
        CheckAt(Seconds(26), false, Seconds(0));
        Simulator::Run();
        ExpectExpiries({25});
    }
};

/// Behaviour 8.
class LazyTestCase : public HoldTimerTestCase
{
  public:
    LazyTestCase()
        : HoldTimerTestCase("A thousand restarts per hold time cost one event per hold time")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint64_t RESTARTS = 20000; // over 20 s, with a hold time of 1 s
        for (uint64_t i = 0; i < RESTARTS; i++)
        {
            RestartAt(MilliSeconds(i), Seconds(1));
        }
        const uint64_t before = Simulator::GetEventCount();
        Simulator::Run();
        const uint64_t events = Simulator::GetEventCount() - before;
        // Cancelled events count as well: ns-3 runs them as nothing.
        NS_TEST_EXPECT_MSG_LT(events, RESTARTS + 30, "events of the timer itself");
        NS_TEST_EXPECT_MSG_GT(events, RESTARTS + 19, "it can wake no less than once a second");
        ExpectExpiries({20.999});
    }
};

/// Behaviour 9.
class TieTestCase : public HoldTimerTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param arrivalFirst whether the arrival is scheduled before the timer starts
     */
    explicit TieTestCase(bool arrivalFirst)
        : HoldTimerTestCase(std::string("An arrival at the instant of expiry counts, scheduled ") +
                            (arrivalFirst ? "before" : "after") + " the timer's event"),
          m_arrivalFirst(arrivalFirst)
    {
    }

  private:
    void DoRun() override
    {
        if (m_arrivalFirst)
        {
            RestartAt(Seconds(30), Seconds(30));
            m_timer->Restart(Seconds(30));
        }
        else
        {
            m_timer->Restart(Seconds(30));
            RestartAt(Seconds(30), Seconds(30));
        }
        CheckAt(Seconds(30), true, Seconds(30));
        CheckAt(Seconds(31), true, Seconds(29));
        Simulator::Run();
        ExpectExpiries({60});
    }

    bool m_arrivalFirst; //!< which is scheduled first
};

/// Behaviour 10.
class LaterTieTestCase : public HoldTimerTestCase
{
  public:
    LaterTieTestCase()
        : HoldTimerTestCase("A constant gap of just the hold time never expires the timer")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Restart(Seconds(10));
        Hear();
        Simulator::Run();
        ExpectExpiries({1010});
    }

    /// Restart, and again a hold time later: scheduled at run time, so after the timer's event.
    void Hear()
    {
        m_timer->Restart(Seconds(10));
        if (Simulator::Now() < Seconds(1000))
        {
            Simulator::Schedule(Seconds(10), &LaterTieTestCase::Hear, this);
        }
    }
};

/// Behaviour 11.
class StopTieTestCase : public HoldTimerTestCase
{
  public:
    StopTieTestCase()
        : HoldTimerTestCase("A Stop at the instant of expiry counts, in either order")
    {
    }

  private:
    void DoRun() override
    {
        StopAt(Seconds(3)); // scheduled before the timer's event
        m_timer->Restart(Seconds(3));
        Simulator::Run();
        ExpectExpiries({});
        m_timer->Restart(Seconds(3));
        StopAt(Seconds(6)); // and after it
        Simulator::Run();
        ExpectExpiries({});
    }
};

/// Behaviour 12.
class RestartInCallbackTestCase : public HoldTimerTestCase
{
  public:
    RestartInCallbackTestCase()
        : HoldTimerTestCase("The expiry callback may restart the timer")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Restart(Seconds(5));
        Simulator::Run();
        ExpectExpiries({5, 10, 15});
    }

    void Expired() override
    {
        HoldTimerTestCase::Expired();
        if (m_expiries.size() < 3)
        {
            m_timer->Restart(Seconds(5));
            NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), true, "restarted in its own callback");
            NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Seconds(5), "with a full hold time");
        }
    }
};

/// Behaviour 13.
class DestructionTestCase : public HoldTimerTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param at when the timer, which is to expire at 3 s, is destroyed, in seconds
     */
    explicit DestructionTestCase(int at)
        : HoldTimerTestCase("Destruction " + std::to_string(at) + " s into 3 s cancels"),
          m_at(at)
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Restart(Seconds(3));
        DestroyAt(Seconds(m_at));
        Simulator::Run();
        ExpectExpiries({});
        NS_TEST_EXPECT_MSG_EQ(Simulator::IsFinished(), true, "an event is left");
    }

    int m_at; //!< when it is destroyed
};

/// Behaviour 14.
class NoEventLeftTestCase : public HoldTimerTestCase
{
  public:
    NoEventLeftTestCase()
        : HoldTimerTestCase("After Stop and destruction the simulation ends by the old deadline")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Restart(Seconds(3));
        RestartAt(Seconds(1), Seconds(50)); // the event stays at 3 s
        StopAt(Seconds(2));
        DestroyAt(Seconds(2));
        Simulator::Run();
        ExpectExpiries({});
        NS_TEST_EXPECT_MSG_EQ(Simulator::IsFinished(), true, "an event is left");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(Simulator::Now(), Seconds(3), "it went on for too long");
    }
};

/// Behaviour 15.
class NoCallbackTestCase : public HoldTimerTestCase
{
  public:
    NoCallbackTestCase()
        : HoldTimerTestCase("A timer without a callback expires all the same")
    {
    }

  private:
    void DoRun() override
    {
        m_timer = std::make_unique<HoldTimer>();
        m_timer->Restart(Seconds(3));
        CheckAt(Seconds(2), true, Seconds(1));
        CheckAt(Seconds(4), false, Seconds(0));
        Simulator::Run();
        ExpectExpiries({});
    }
};

/// Behaviour of HoldTimer.
class HoldTimerTestSuite : public TestSuite
{
  public:
    HoldTimerTestSuite()
        : TestSuite("keepalive-hold-timer")
    {
        AddTestCase(new ExpiryTestCase);
        AddTestCase(new RestartTestCase);
        AddTestCase(new ShortenTestCase);
        AddTestCase(new LengthenTestCase);
        AddTestCase(new StopTestCase);
        AddTestCase(new ZeroTestCase);
        AddTestCase(new TimeLeftTestCase);
        AddTestCase(new LazyTestCase);
        AddTestCase(new TieTestCase(true));
        AddTestCase(new TieTestCase(false));
        AddTestCase(new LaterTieTestCase);
        AddTestCase(new StopTieTestCase);
        AddTestCase(new RestartInCallbackTestCase);
        AddTestCase(new DestructionTestCase(0));
        AddTestCase(new DestructionTestCase(1));
        AddTestCase(new DestructionTestCase(3));
        AddTestCase(new NoEventLeftTestCase);
        AddTestCase(new NoCallbackTestCase);
    }
};

HoldTimerTestSuite g_holdTimerTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
