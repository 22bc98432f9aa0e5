/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/double.h"
#include "ns3/nstime.h"
#include "ns3/periodic-timer.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief PeriodicTimer: no drift, random phase, jitter, streams, and no event left behind.
 *
 * Behaviours:
 *  1. without phase and jitter, the first tick comes at once and the others at exact multiples
 *  2. with a phase, ticks are exact multiples of the interval after the first one, without drift
 *  3. the phase is uniform over the interval (Kolmogorov-Smirnov)
 *  4. each start draws a fresh phase; a phase below zero counts as zero
 *  5. jitter: each gap is a share of the interval, uniform over its range
 *  6. jitter that never leaves time still lets time go on
 *  7. Stop ends the ticks, also from within a tick; Start starts over
 *  8. a tick may restart the timer with another interval
 *  9. a zero interval stops, from within a tick too
 * 10. running and time left tell the next tick, inside a tick too
 * 11. AssignStreams uses two streams, gives the same ticks again, and others from other streams
 * 12. adding a jitter does not move the phase
 * 13. destruction cancels, and nothing is left behind
 */

namespace ns3
{
namespace keepalive
{
namespace
{

/// Streams of this file; each case uses those from here on.
constexpr int64_t STREAM = 7000;

/**
 * @brief A uniform random variable.
 * @param min least value
 * @param max largest value
 * @return the variable, with no stream yet
 */
Ptr<RandomVariableStream>
Uniform(double min, double max)
{
    Ptr<UniformRandomVariable> variable = CreateObject<UniformRandomVariable>();
    variable->SetAttribute("Min", DoubleValue(min));
    variable->SetAttribute("Max", DoubleValue(max));
    return variable;
}

/**
 * @brief A constant.
 * @param value the value
 * @return a random variable that always has it
 */
Ptr<RandomVariableStream>
Constant(double value)
{
    Ptr<ConstantRandomVariable> variable = CreateObject<ConstantRandomVariable>();
    variable->SetAttribute("Constant", DoubleValue(value));
    return variable;
}

/**
 * @brief Distance of a sample from the uniform distribution, times the root of its size.
 *
 * Under uniformity it exceeds 1.95 once in a thousand.
 *
 * @param sample values in [0, 1)
 * @return the statistic of Kolmogorov and Smirnov
 */
double
KolmogorovSmirnov(std::vector<double> sample)
{
    std::sort(sample.begin(), sample.end());
    const double n = static_cast<double>(sample.size());
    double distance = 0;
    for (std::size_t i = 0; i < sample.size(); i++)
    {
        distance = std::max({distance,
                             sample[i] - static_cast<double>(i) / n,
                             static_cast<double>(i + 1) / n - sample[i]});
    }
    return distance * std::sqrt(n);
}

/// A test case with a timer and a record of its ticks.
class PeriodicTimerTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit PeriodicTimerTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_timer = std::make_unique<PeriodicTimer>();
        m_timer->SetTick(MakeCallback(&PeriodicTimerTestCase::Tick, this));
        m_ticks.clear();
    }

    void DoTeardown() override
    {
        m_timer.reset();
        Simulator::Destroy();
    }

    /// The timer ticks.
    virtual void Tick()
    {
        m_ticks.push_back(Simulator::Now());
    }

    /**
     * @brief Start the timer at a given time.
     * @param at when
     * @param interval time between ticks
     */
    void StartAt(Time at, Time interval)
    {
        Simulator::Schedule(at, &PeriodicTimerTestCase::Start, this, interval);
    }

    /**
     * @brief Stop the timer at a given time.
     * @param at when
     */
    void StopAt(Time at)
    {
        Simulator::Schedule(at, &PeriodicTimerTestCase::Stop, this);
    }

    /**
     * @brief Compare the record.
     * @param expected the ticks, in seconds
     */
    void ExpectTicks(const std::vector<double>& expected)
    {
        NS_TEST_ASSERT_MSG_EQ(m_ticks.size(), expected.size(), "number of ticks");
        for (std::size_t i = 0; i < expected.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(m_ticks[i], Seconds(expected[i]), "tick " << i);
        }
    }

    /**
     * @brief Run a fresh timer with random phase and jitter for a while.
     * @param stream where its streams begin
     * @param jitter whether it has a jitter
     * @return its ticks
     */
    std::vector<Time> RunRandom(int64_t stream, bool jitter)
    {
        DoSetup();
        m_timer->SetStartPhase(Uniform(0, 1));
        if (jitter)
        {
            m_timer->SetJitter(Uniform(0.75, 1));
        }
        NS_TEST_EXPECT_MSG_EQ(m_timer->AssignStreams(stream), 2, "streams used");
        m_timer->Start(Seconds(10));
        Simulator::Stop(Seconds(200));
        Simulator::Run();
        m_timer->Stop();
        Simulator::Destroy();
        return m_ticks;
    }

    std::unique_ptr<PeriodicTimer> m_timer; //!< the timer
    std::vector<Time> m_ticks;              //!< when it ticked

  private:
    /**
     * @brief Start the timer.
     * @param interval time between ticks
     */
    void Start(Time interval)
    {
        m_timer->Start(interval);
    }

    /// Stop the timer.
    void Stop()
    {
        m_timer->Stop();
    }
};

/// Behaviour 1.
class NullPhaseTestCase : public PeriodicTimerTestCase
{
  public:
    NullPhaseTestCase()
        : PeriodicTimerTestCase("Without phase and jitter the first tick comes at once")
    {
    }

  private:
    void DoRun() override
    {
        StartAt(Seconds(3), Seconds(10));
        Simulator::Stop(Seconds(34));
        Simulator::Run();
        ExpectTicks({3, 13, 23, 33});
    }
};

/// Behaviour 2.
class NoDriftTestCase : public PeriodicTimerTestCase
{
  public:
    NoDriftTestCase()
        : PeriodicTimerTestCase("Ticks are exact multiples after the first one, without drift")
    {
    }

  private:
    void DoRun() override
    {
        const Time interval = NanoSeconds(333333333); // a third of a second, rounded
        m_timer->SetStartPhase(Constant(0.37));
        m_timer->Start(interval);
        Simulator::Stop(interval * int64_t{100000});
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_ticks.size(), 100000, "number of ticks");
        NS_TEST_EXPECT_MSG_EQ(m_ticks.front(), NanoSeconds(123333333), "0.37 intervals");
        for (std::size_t i = 0; i < m_ticks.size(); i++)
        {
            const Time expected = m_ticks.front() + interval * static_cast<int64_t>(i);
            NS_TEST_ASSERT_MSG_EQ(m_ticks[i], expected, "tick " << i);
        }
    }
};

/// Behaviour 3.
class UniformPhaseTestCase : public PeriodicTimerTestCase
{
  public:
    UniformPhaseTestCase()
        : PeriodicTimerTestCase("The phase is uniform over the interval")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->SetStartPhase(Uniform(0, 1));
        m_timer->AssignStreams(STREAM);
        std::vector<double> phases;
        for (int i = 0; i < 10000; i++)
        {
            m_timer->Start(Seconds(10));
            phases.push_back(m_timer->GetTimeLeft().GetSeconds() / 10);
        }
        const auto [least, most] = std::minmax_element(phases.begin(), phases.end());
        NS_TEST_EXPECT_MSG_GT_OR_EQ(*least, 0, "before the start");
        NS_TEST_EXPECT_MSG_LT(*least, 0.002, "the beginning of the interval is not used");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(*most, 1, "more than an interval after the start");
        NS_TEST_EXPECT_MSG_GT(*most, 0.998, "the end of the interval is not used");
        NS_TEST_EXPECT_MSG_LT(KolmogorovSmirnov(phases), 1.95, "not uniform");
    }
};

/// Behaviour 4.
class FreshPhaseTestCase : public PeriodicTimerTestCase
{
  public:
    FreshPhaseTestCase()
        : PeriodicTimerTestCase("Each start draws a fresh phase, and none below zero")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<SequentialRandomVariable> phase = CreateObject<SequentialRandomVariable>();
        phase->SetAttribute("Min", DoubleValue(0.25)); // 0.25, 0.5, and again
        phase->SetAttribute("Max", DoubleValue(0.75));
        phase->SetAttribute("Increment", PointerValue(Constant(0.25)));
        m_timer->SetStartPhase(phase);
        StartAt(Seconds(0), Seconds(10));
        StartAt(Seconds(20), Seconds(10)); // while running: starts over, ticks of old are gone
        StopAt(Seconds(36));
        Simulator::Run();
        ExpectTicks({2.5, 12.5, 25, 35});

        m_timer->SetStartPhase(Constant(-0.5));
        m_timer->Start(Seconds(10));
        NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Time(0), "a phase below zero");
    }
};

/// Behaviour 5.
class JitterTestCase : public PeriodicTimerTestCase
{
  public:
    JitterTestCase()
        : PeriodicTimerTestCase("Jitter: each gap is a share of the interval, uniform in its range")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->SetJitter(Uniform(0.75, 1));
        m_timer->AssignStreams(STREAM + 2);
        m_timer->Start(Seconds(30));
        Simulator::Stop(Seconds(10000 * 30));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_GT(m_ticks.size(), 10000, "number of ticks");
        NS_TEST_EXPECT_MSG_EQ(m_ticks.front(), Seconds(0), "jitter is not for the phase");
        std::vector<double> shares;
        for (std::size_t i = 1; i < m_ticks.size(); i++)
        {
            const double share = (m_ticks[i] - m_ticks[i - 1]).GetSeconds() / 30;
            shares.push_back((share - 0.75) / 0.25);
        }
        const auto [least, most] = std::minmax_element(shares.begin(), shares.end());
        NS_TEST_EXPECT_MSG_GT_OR_EQ(*least, -1e-9, "a gap too short");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(*most, 1 + 1e-9, "a gap too long");
        NS_TEST_EXPECT_MSG_LT(KolmogorovSmirnov(shares), 1.95, "not uniform");
    }
};

/// Behaviour 6.
class ZeroJitterTestCase : public PeriodicTimerTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param jitter the factor
     */
    explicit ZeroJitterTestCase(double jitter)
        : PeriodicTimerTestCase("A jitter of " + std::to_string(jitter) + " still lets time go on"),
          m_jitter(jitter)
    {
    }

  private:
    void DoRun() override
    {
        m_timer->SetJitter(Constant(m_jitter));
        m_timer->Start(Seconds(1));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_ticks.size(), 4, "number of ticks");
        for (std::size_t i = 0; i < m_ticks.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(m_ticks[i], TimeStep(i), "one unit of time apart");
        }
    }

    void Tick() override
    {
        PeriodicTimerTestCase::Tick();
        if (m_ticks.size() == 4)
        {
            m_timer->Stop();
        }
    }

    double m_jitter; //!< the factor
};

/// Behaviour 7.
class StopTestCase : public PeriodicTimerTestCase
{
  public:
    StopTestCase()
        : PeriodicTimerTestCase("Stop ends the ticks, also from within one; Start starts over")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Stop(); // never started: nothing to do
        StartAt(Seconds(0), Seconds(10));
        StopAt(Seconds(15));
        StartAt(Seconds(20), Seconds(10));
        Simulator::Run(); // ends by itself: the third tick after the new start stops the timer
        ExpectTicks({0, 10, 20, 30, 40});
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), false, "stopped");
        NS_TEST_EXPECT_MSG_EQ(Simulator::IsFinished(), true, "an event is left");
    }

    void Tick() override
    {
        PeriodicTimerTestCase::Tick();
        if (m_ticks.size() == 5)
        {
            m_timer->Stop();
            NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), false, "stopped in its own tick");
            NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Time(0), "nothing left");
        }
    }
};

/// Behaviour 8.
class RestartInTickTestCase : public PeriodicTimerTestCase
{
  public:
    RestartInTickTestCase()
        : PeriodicTimerTestCase("A tick may restart the timer, with phase and interval of the new")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->SetStartPhase(Constant(0.5));
        m_timer->Start(Seconds(10));
        Simulator::Stop(Seconds(20.5));
        Simulator::Run();
        ExpectTicks({5, 15, 16, 18, 20});
    }

    void Tick() override
    {
        PeriodicTimerTestCase::Tick();
        if (m_ticks.size() == 2)
        {
            m_timer->Start(Seconds(2));
        }
    }
};

/// Behaviour 9.
class ZeroIntervalTestCase : public PeriodicTimerTestCase
{
  public:
    ZeroIntervalTestCase()
        : PeriodicTimerTestCase("A zero interval stops, from within a tick too")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Start(Time(0));
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), false, "zero");
        m_timer->Start(Seconds(-1));
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), false, "below zero");
        StartAt(Seconds(0), Seconds(10));
        StartAt(Seconds(15), Seconds(0));
        StartAt(Seconds(30), Seconds(10));
        Simulator::Run();
        ExpectTicks({0, 10, 30, 40});
    }

    void Tick() override
    {
        PeriodicTimerTestCase::Tick();
        if (m_ticks.size() == 4)
        {
            m_timer->Start(Time(0));
        }
    }
};

/// Behaviour 10.
class TimeLeftTestCase : public PeriodicTimerTestCase
{
  public:
    TimeLeftTestCase()
        : PeriodicTimerTestCase("Running and time left tell the next tick, inside a tick too")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), false, "before the start");
        NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Time(0), "before the start");
        m_timer->SetStartPhase(Constant(0.5));
        m_timer->Start(Seconds(10));
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), true, "after the start");
        NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Seconds(5), "after the start");
        Simulator::Schedule(Seconds(7), &TimeLeftTestCase::Check, this);
        Simulator::Stop(Seconds(20));
        Simulator::Run();
        ExpectTicks({5, 15});
    }

    /// Between two ticks.
    void Check()
    {
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), true, "between ticks");
        NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Seconds(8), "between ticks");
    }

    void Tick() override
    {
        PeriodicTimerTestCase::Tick();
        NS_TEST_EXPECT_MSG_EQ(m_timer->IsRunning(), true, "inside a tick");
        NS_TEST_EXPECT_MSG_EQ(m_timer->GetTimeLeft(), Seconds(10), "inside a tick");
    }
};

/// Behaviour 11.
class StreamsTestCase : public PeriodicTimerTestCase
{
  public:
    StreamsTestCase()
        : PeriodicTimerTestCase("AssignStreams gives the same ticks again, and others elsewhere")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(m_timer->AssignStreams(STREAM), 2, "with no random variable at all");
        const std::vector<Time> first = RunRandom(STREAM + 4, true);
        const std::vector<Time> again = RunRandom(STREAM + 4, true);
        const std::vector<Time> other = RunRandom(STREAM + 6, true);
        NS_TEST_EXPECT_MSG_GT(first.size(), 19, "number of ticks");
        NS_TEST_EXPECT_MSG_EQ((first == again), true, "the same streams, other ticks");
        NS_TEST_EXPECT_MSG_EQ((first == other), false, "other streams, the same ticks");
        NS_TEST_EXPECT_MSG_NE(first.front(), other.front(), "the phase has its own stream");
        NS_TEST_EXPECT_MSG_NE(first[1] - first[0], other[1] - other[0], "and so has the jitter");
    }
};

/// Behaviour 12.
class IndependentStreamsTestCase : public PeriodicTimerTestCase
{
  public:
    IndependentStreamsTestCase()
        : PeriodicTimerTestCase("Adding a jitter does not move the phase")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<Time> without = RunRandom(STREAM + 8, false);
        const std::vector<Time> with = RunRandom(STREAM + 8, true);
        NS_TEST_EXPECT_MSG_EQ(without.front(), with.front(), "first tick");
        NS_TEST_EXPECT_MSG_NE(without[1], with[1], "second tick");
        // Phase and jitter come from different streams: their shares differ.
        const double phase = with[0].GetSeconds() / 10;
        const double gap = ((with[1] - with[0]).GetSeconds() / 10 - 0.75) / 0.25;
        NS_TEST_EXPECT_MSG_GT(std::abs(phase - gap), 1e-6, "one stream for both");
    }
};

/// Behaviour 13.
class NoEventLeftTestCase : public PeriodicTimerTestCase
{
  public:
    NoEventLeftTestCase()
        : PeriodicTimerTestCase("Destruction cancels, and nothing is left behind")
    {
    }

  private:
    void DoRun() override
    {
        m_timer->Start(Seconds(10));
        Simulator::Schedule(Seconds(25), &NoEventLeftTestCase::Destroy, this);
        Simulator::Run(); // ends by itself
        ExpectTicks({0, 10, 20});
        NS_TEST_EXPECT_MSG_EQ(Simulator::IsFinished(), true, "an event is left");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(Simulator::Now(), Seconds(30), "it went on for too long");
    }

    /// Destroy the timer.
    void Destroy()
    {
        m_timer.reset();
    }
};

/// Behaviour of PeriodicTimer.
class PeriodicTimerTestSuite : public TestSuite
{
  public:
    PeriodicTimerTestSuite()
        : TestSuite("keepalive-periodic-timer")
    {
        AddTestCase(new NullPhaseTestCase);
        AddTestCase(new NoDriftTestCase);
        AddTestCase(new UniformPhaseTestCase);
        AddTestCase(new FreshPhaseTestCase);
        AddTestCase(new JitterTestCase);
        AddTestCase(new ZeroJitterTestCase(0));
        AddTestCase(new ZeroJitterTestCase(-1));
        AddTestCase(new StopTestCase);
        AddTestCase(new RestartInTickTestCase);
        AddTestCase(new ZeroIntervalTestCase);
        AddTestCase(new TimeLeftTestCase);
        AddTestCase(new StreamsTestCase);
        AddTestCase(new IndependentStreamsTestCase);
        AddTestCase(new NoEventLeftTestCase);
    }
};

PeriodicTimerTestSuite g_periodicTimerTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
