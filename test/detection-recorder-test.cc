/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Joining "failed at" with "declared down at", and what is written of it.
 *
 * The line and the failures are driven by hand: a device whose verdicts the test dictates, and a
 * session that is nothing but a trace source.
 *
 * 1. A detection: T_D, cause, recovery.
 * 2. An end that suspects its peer already when the failure comes: T_D = 0.
 * 3. Trust that returns while the failure lasts: only the final suspicion counts.
 * 4. A failure that is never noticed is censored, not dropped.
 * 5. A suspicion without a failure is a mistake; T_MR, T_M, rate and P_A follow; an outage cuts it
 *    short and separates recurrences.
 * 6. A suspicion during a mere disturbance is a mistake.
 * 7. Two failures that overlap are both noticed by one suspicion.
 * 8. An end that need not be an interface, and must first agree with its peer: until then nothing
 *    is observed, its first trust is no recovery, and an outage is not its to notice; afterwards it
 *    is an end like any other. It is heard through any trace source, or by hand.
 * 9. An interface that must first agree with its peer is observed from the start.
 * 10. A verdict that is in force already changes nothing.
 * 11. The CSV tables have the right columns, empty cells where there is no value, and one row per
 *     failure and end; an observation outside the closed form is flagged and counted.
 */

#include "ns3/detection-recorder.h"
#include "ns3/failure-target.h"
#include "ns3/node.h"
#include "ns3/results-writer.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <sstream>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief An interface whose verdicts are dictated.
 */
class PuppetDevice : public KeepaliveNetDevice
{
  public:
    PuppetDevice()
        : KeepaliveNetDevice("puppet", "Puppet0")
    {
    }

    using KeepaliveNetDevice::SetTrusting;

    /**
     * @brief Dictate a verdict.
     * @param up the verdict
     */
    void Dictate(bool up)
    {
        GetLineProtocol().Set(up,
                              up ? LineCause::KEEPALIVE_ANSWERED : LineCause::KEEPALIVE_UNANSWERED);
    }

    void SetControlPlaneStalled(bool) override
    {
    }

    bool Send(Ptr<Packet>, const Address&, uint16_t) override
    {
        return false;
    }

  private:
    void StartProtocol() override
    {
    }

    void StopProtocol() override
    {
    }
};

/**
 * @ingroup keepalive-tests
 * @brief A session whose verdicts are dictated: no interface, and it begins in distrust.
 */
class PuppetSession : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::keepalive::PuppetSession")
                                .SetParent<Object>()
                                .SetGroupName("Keepalive")
                                .AddTraceSource("Session",
                                                "A dictated verdict.",
                                                MakeTraceSourceAccessor(&PuppetSession::m_trace),
                                                "ns3::keepalive::DetectionEvent::TracedCallback");
        return tid;
    }

    /**
     * @brief Dictate a verdict.
     * @param up the verdict
     */
    void Dictate(bool up)
    {
        DetectionEvent event;
        event.when = Simulator::Now();
        event.mechanism = "puppet";
        event.up = up;
        event.cause = up ? LineCause::KEEPALIVE_ANSWERED : LineCause::HOLD_TIME_EXPIRED;
        m_trace(event);
    }

  private:
    TracedCallback<const DetectionEvent&> m_trace; //!< who hears of it
};

/**
 * @ingroup keepalive-tests
 * @brief A failure without consequences.
 */
class PuppetFailure : public FailureTarget
{
  public:
    /**
     * @brief Make one.
     * @param outage whether it cuts the ends off
     */
    explicit PuppetFailure(bool outage)
        : m_outage(outage)
    {
        SetName("wire");
    }

    std::string GetKind() const override
    {
        return m_outage ? "cut" : "disturbance";
    }

    bool IsOutage() const override
    {
        return m_outage;
    }

  private:
    void DoFail() override
    {
    }

    void DoRepair() override
    {
    }

    bool m_outage; //!< whether it cuts the ends off
};

/**
 * @ingroup keepalive-tests
 * @brief One end, one injector, and a script of verdicts.
 */
class RecorderTestCase : public TestCase
{
  public:
    /**
     * @brief Make one.
     * @param name what it shows
     */
    explicit RecorderTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_device = CreateObject<PuppetDevice>();
        m_injector = CreateObject<FailureInjector>();
        m_recorder.Watch(m_device, "A");
        m_recorder.Watch(m_injector);
    }

    void DoTeardown() override
    {
        m_device->Dispose();
        m_injector->Dispose();
        Simulator::Destroy();
    }

    /**
     * @brief Dictate verdicts.
     * @param script times in seconds, and verdicts
     */
    void Dictate(std::initializer_list<std::pair<double, bool>> script)
    {
        for (const auto& [time, up] : script)
        {
            Simulator::Schedule(Seconds(time), &PuppetDevice::Dictate, m_device, up);
        }
    }

    /**
     * @brief Let something fail.
     * @param begin seconds
     * @param duration seconds, 0 for ever
     * @param outage whether it is an outage
     */
    void Fail(double begin, double duration, bool outage = true)
    {
        Ptr<PuppetFailure> target = CreateObject<PuppetFailure>(outage);
        m_injector->Schedule(target, Seconds(begin), Seconds(duration));
    }

    /**
     * @brief Run.
     * @param stop seconds
     */
    void RunFor(double stop)
    {
        Simulator::Stop(Seconds(stop));
        Simulator::Run();
        m_recorder.Finish();
    }

    /**
     * @brief The only failure row.
     * @return the row
     */
    const DetectionRecorder::FailureRow& Row() const
    {
        return m_recorder.GetFailureRows().at(0);
    }

    Ptr<PuppetDevice> m_device;      //!< the end
    Ptr<FailureInjector> m_injector; //!< the truth
    DetectionRecorder m_recorder;    //!< what is tested
};

/**
 * @ingroup keepalive-tests
 * @brief 1. The ordinary case.
 */
class DetectionTest : public RecorderTestCase
{
  public:
    DetectionTest()
        : RecorderTestCase("a detection has its time, cause and recovery")
    {
    }

  private:
    void DoRun() override
    {
        Fail(10, 30);
        Dictate({{32.5, false}, {41, true}});
        RunFor(100);
        NS_TEST_ASSERT_MSG_EQ(m_recorder.GetFailureRows().size(), 1, "one failure, one end");
        NS_TEST_EXPECT_MSG_EQ(Row().GetDetectionTime()->GetSeconds(), 22.5, "T_D");
        NS_TEST_EXPECT_MSG_EQ(Row().cause, "keepalive-unanswered", "cause");
        NS_TEST_EXPECT_MSG_EQ(Row().GetRecoveryTime()->GetSeconds(), 1, "recovery");
        NS_TEST_EXPECT_MSG_EQ(Row().kind, "cut", "kind");
        NS_TEST_EXPECT_MSG_EQ(Row().target, "wire", "target");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.GetMistakeRows().size(), 0, "no mistake");
        const auto summary = m_recorder.Summarize(0);
        NS_TEST_EXPECT_MSG_EQ(summary.observed, Seconds(10 + 59), "observed before and after");
        NS_TEST_EXPECT_MSG_EQ(summary.outages, 1, "outages");
        NS_TEST_EXPECT_MSG_EQ(summary.censored, 0, "censored");
        NS_TEST_EXPECT_MSG_EQ(summary.detectionTime.mean, 22.5, "mean");
        NS_TEST_EXPECT_MSG_EQ(summary.detectionTime.GetConfidence95().has_value(),
                              false,
                              "one observation has no confidence interval");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2, 3, 4. Special cases of T_D.
 */
class FinalSuspicionTest : public RecorderTestCase
{
  public:
    FinalSuspicionTest()
        : RecorderTestCase("only the final suspicion counts, an old one counts as 0, none is "
                           "censored")
    {
    }

  private:
    void DoRun() override
    {
        Fail(10, 30);  // suspected by mistake since 8, for good
        Fail(100, 30); // suspected, trusted again, suspected
        Fail(200, 30); // suspected, trusted again: never finally noticed
        Fail(300, 0);  // never noticed
        Dictate({{8, false},
                 {41, true},
                 {105, false},
                 {110, true},
                 {120, false},
                 {131, true},
                 {205, false},
                 {210, true}});
        RunFor(400);
        const auto& rows = m_recorder.GetFailureRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 4, "four failures");
        NS_TEST_EXPECT_MSG_EQ(rows[0].GetDetectionTime()->GetSeconds(), 0, "suspected already");
        NS_TEST_EXPECT_MSG_EQ(rows[0].cause, "already-suspected", "cause");
        NS_TEST_EXPECT_MSG_EQ(rows[1].GetDetectionTime()->GetSeconds(), 20, "the final one");
        NS_TEST_EXPECT_MSG_EQ(rows[2].GetDetectionTime().has_value(), false, "trusted at the end");
        NS_TEST_EXPECT_MSG_EQ(rows[3].GetDetectionTime().has_value(), false, "never");
        NS_TEST_EXPECT_MSG_EQ(rows[3].ended.has_value(), false, "never repaired");
        const auto summary = m_recorder.Summarize(0);
        NS_TEST_EXPECT_MSG_EQ(summary.outages, 4, "outages");
        NS_TEST_EXPECT_MSG_EQ(summary.censored, 2, "censored");
        NS_TEST_EXPECT_MSG_EQ(summary.detectionTime.count, 2, "detected");
        NS_TEST_EXPECT_MSG_EQ(summary.mistakes, 1, "the one at 8");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.GetMistakeRows()[0].trusted.has_value(),
                              false,
                              "cut short by the outage");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5, 6. Mistakes.
 */
class MistakeTest : public RecorderTestCase
{
  public:
    MistakeTest()
        : RecorderTestCase("mistakes have recurrence, duration, rate and accuracy")
    {
    }

  private:
    void DoRun() override
    {
        Fail(200, 10);
        Fail(300, 50, false);
        Dictate({{10, false},
                 {12, true},
                 {50, false},
                 {56, true},
                 {205, false},
                 {220, true},
                 {310, false},
                 {314, true}});
        RunFor(420);
        const auto& rows = m_recorder.GetMistakeRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 3, "two alone, one under the disturbance");
        NS_TEST_EXPECT_MSG_EQ(rows[0].sincePrevious.has_value(), false, "the first");
        NS_TEST_EXPECT_MSG_EQ(rows[1].sincePrevious->GetSeconds(), 40, "T_MR");
        NS_TEST_EXPECT_MSG_EQ(rows[2].sincePrevious.has_value(), false, "an outage between");
        const auto summary = m_recorder.Summarize(0);
        NS_TEST_EXPECT_MSG_EQ(summary.observed, Seconds(200 + 200), "all but 200 to 220");
        NS_TEST_EXPECT_MSG_EQ_TOL(summary.mistakeDuration.mean, 4, 1e-12, "E(T_M)");
        NS_TEST_EXPECT_MSG_EQ_TOL(summary.mistakeRate, 3.0 / 400, 1e-12, "lambda_M");
        NS_TEST_EXPECT_MSG_EQ_TOL(summary.queryAccuracy, 1 - 12.0 / 400, 1e-12, "P_A");
        NS_TEST_EXPECT_MSG_EQ(summary.outages, 1, "a disturbance is no outage");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. Overlap.
 */
class OverlapTest : public RecorderTestCase
{
  public:
    OverlapTest()
        : RecorderTestCase("one suspicion answers two failures that overlap")
    {
    }

  private:
    void DoRun() override
    {
        Fail(10, 50);
        Fail(20, 30);
        Dictate({{30, false}, {61, true}});
        RunFor(100);
        const auto& rows = m_recorder.GetFailureRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 2, "two failures");
        NS_TEST_EXPECT_MSG_EQ(rows[0].GetDetectionTime()->GetSeconds(), 20, "since the first");
        NS_TEST_EXPECT_MSG_EQ(rows[1].GetDetectionTime()->GetSeconds(), 10, "since the second");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.GetMistakeRows().size(), 0, "no mistake");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief What the tests of sessions share: one that begins in distrust.
 */
class SessionTestCase : public RecorderTestCase
{
  public:
    using RecorderTestCase::RecorderTestCase;

  protected:
    void DoSetup() override
    {
        m_session = CreateObject<PuppetSession>();
        m_injector = CreateObject<FailureInjector>();
        m_number = m_recorder.Watch(m_session, "Session", false, "S");
        m_recorder.Watch(m_injector);
    }

    void DoTeardown() override
    {
        m_session->Dispose();
        m_injector->Dispose();
        Simulator::Destroy();
    }

    /**
     * @brief Dictate verdicts.
     * @param script times in seconds, and verdicts
     */
    void Dictate(std::initializer_list<std::pair<double, bool>> script)
    {
        for (const auto& [time, up] : script)
        {
            Simulator::Schedule(Seconds(time), &PuppetSession::Dictate, m_session, up);
        }
    }

    Ptr<PuppetSession> m_session; //!< the end
    uint32_t m_number{0};         //!< its number
};

/**
 * @ingroup keepalive-tests
 * @brief 8. The ordinary life of a session.
 */
class SessionTest : public SessionTestCase
{
  public:
    SessionTest()
        : SessionTestCase("a session is observed from its first trust on, which is no recovery")
    {
    }

  private:
    void DoRun() override
    {
        Fail(100, 30);
        Dictate({{7, true}, {20, false}, {25, true}, {115, false}, {150, true}});
        RunFor(200);
        NS_TEST_ASSERT_MSG_EQ(m_number, 0, "the first end");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.GetName(m_number), "S", "name");
        NS_TEST_ASSERT_MSG_EQ(m_recorder.GetFailureRows().size(), 1, "one failure, one end");
        NS_TEST_EXPECT_MSG_EQ(Row().outage, true, "it ought to notice");
        NS_TEST_EXPECT_MSG_EQ(Row().GetDetectionTime()->GetSeconds(), 15, "T_D");
        NS_TEST_EXPECT_MSG_EQ(Row().cause, "hold-time-expired", "cause");
        NS_TEST_EXPECT_MSG_EQ(Row().GetRecoveryTime()->GetSeconds(), 20, "recovery");
        NS_TEST_ASSERT_MSG_EQ(m_recorder.GetMistakeRows().size(), 1, "the one at 20");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.GetMistakeRows()[0].trusted->GetSeconds(), 25, "T_M");
        const auto summary = m_recorder.Summarize(m_number);
        NS_TEST_EXPECT_MSG_EQ(summary.observed, Seconds((100 - 7) + (200 - 150)), "from 7 on");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. Outages of a session that is yet to begin.
 */
class UnbegunSessionTest : public SessionTestCase
{
  public:
    UnbegunSessionTest()
        : SessionTestCase("an outage is not a session's to notice before its first trust")
    {
    }

  private:
    void DoRun() override
    {
        Fail(10, 10);  // before its first trust
        Fail(30, 30);  // in which it trusts its peer, and no longer does
        Fail(100, 10); // noticed at once: it still suspects its peer
        Dictate({{40, true}, {45, false}, {115, true}});
        RunFor(200);
        const auto& rows = m_recorder.GetFailureRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 3, "three failures, one end");
        for (const std::size_t i : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(rows[i].outage, false, "not to be noticed");
            NS_TEST_EXPECT_MSG_EQ(rows[i].detected.has_value(), false, "nor noticed");
            NS_TEST_EXPECT_MSG_EQ(rows[i].cause, "", "for no reason");
            NS_TEST_EXPECT_MSG_EQ(rows[i].recovered.has_value(), false, "no recovery");
            NS_TEST_EXPECT_MSG_EQ(rows[i].ended.has_value(), true, "but repaired");
        }
        NS_TEST_EXPECT_MSG_EQ(rows[2].outage, true, "begun by now");
        NS_TEST_EXPECT_MSG_EQ(rows[2].GetDetectionTime()->GetSeconds(), 0, "suspected already");
        NS_TEST_EXPECT_MSG_EQ(rows[2].GetRecoveryTime()->GetSeconds(), 5, "recovery");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.GetMistakeRows().size(), 0, "no mistake");
        const auto summary = m_recorder.Summarize(m_number);
        NS_TEST_EXPECT_MSG_EQ(summary.outages, 1, "outages");
        NS_TEST_EXPECT_MSG_EQ(summary.censored, 0, "censored");
        NS_TEST_EXPECT_MSG_EQ(summary.observed, Seconds(200 - 115), "from 115 on");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. A session that never comes up.
 */
class SilentSessionTest : public SessionTestCase
{
  public:
    SilentSessionTest()
        : SessionTestCase("a session that never trusts its peer has nothing to tell")
    {
    }

  private:
    void DoRun() override
    {
        Fail(10, 10);
        RunFor(200);
        const auto summary = m_recorder.Summarize(m_number);
        NS_TEST_EXPECT_MSG_EQ(summary.outages, 0, "outages");
        NS_TEST_EXPECT_MSG_EQ(summary.observed, Seconds(0), "observed");
        NS_TEST_EXPECT_MSG_EQ(summary.mistakes, 0, "mistakes");
        NS_TEST_EXPECT_MSG_EQ(summary.queryAccuracy, 1, "P_A");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9. The same, as an interface.
 */
class UntrustingDeviceTest : public RecorderTestCase
{
  public:
    UntrustingDeviceTest()
        : RecorderTestCase("an interface is observed from the start, whether it trusts or not")
    {
    }

  private:
    void DoSetup() override
    {
        m_device = CreateObject<PuppetDevice>();
        m_device->SetTrusting(false);
        m_quick = CreateObject<PuppetDevice>();
        m_quick->SetTrusting(false);
        m_injector = CreateObject<FailureInjector>();
        m_recorder.Watch(m_device, "A");
        m_recorder.Watch(m_quick, "B");
        m_recorder.Watch(m_injector);
    }

    void DoTeardown() override
    {
        m_quick->Dispose();
        RecorderTestCase::DoTeardown();
    }

    void DoRun() override
    {
        Fail(10, 10);
        Dictate({{25, true}});
        Simulator::Schedule(Seconds(3), &PuppetDevice::Dictate, m_quick, true);
        RunFor(100);
        NS_TEST_ASSERT_MSG_EQ(m_recorder.GetFailureRows().size(), 2, "one failure, two ends");
        NS_TEST_EXPECT_MSG_EQ(Row().GetDetectionTime()->GetSeconds(), 0, "suspected already");
        NS_TEST_EXPECT_MSG_EQ(Row().GetRecoveryTime()->GetSeconds(), 5, "recovery");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.GetMistakeRows().size(), 0, "no mistake");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.Summarize(0).observed, Seconds(10 + 75), "observed");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.Summarize(1).observed, Seconds(10 + 80), "not from 3 on");
    }

    Ptr<PuppetDevice> m_quick; //!< one that agrees before the failure
};

/**
 * @ingroup keepalive-tests
 * @brief 10. Ends that are heard by hand, and repeat themselves.
 */
class RepeatedVerdictTest : public RecorderTestCase
{
  public:
    RepeatedVerdictTest()
        : RecorderTestCase("a verdict that is in force already changes nothing")
    {
    }

  private:
    /**
     * @brief Say it twice.
     * @param up the verdict
     */
    void Repeat(bool up)
    {
        DetectionEvent event;
        event.when = Simulator::Now();
        event.up = up;
        m_recorder.Hear(m_trusting, event);
        m_recorder.Hear(m_distrusting, event);
        m_recorder.Hear(m_distrusting, event);
        m_recorder.Hear(m_trusting, event);
    }

    void DoRun() override
    {
        m_trusting = m_recorder.AddEnd("T", true);
        m_distrusting = m_recorder.AddEnd("D", false);
        NS_TEST_ASSERT_MSG_EQ(m_recorder.GetNEnds(), 3, "the device, and both");
        Simulator::Schedule(Seconds(2), &RepeatedVerdictTest::Repeat, this, false);
        Simulator::Schedule(Seconds(5), &RepeatedVerdictTest::Repeat, this, true);
        Simulator::Schedule(Seconds(6), &RepeatedVerdictTest::Repeat, this, true);
        RunFor(10);
        const auto& rows = m_recorder.GetMistakeRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 1, "one mistake, of one of them");
        NS_TEST_EXPECT_MSG_EQ(rows[0].end, m_trusting, "who");
        NS_TEST_EXPECT_MSG_EQ(rows[0].suspected, Seconds(2), "when");
        NS_TEST_EXPECT_MSG_EQ(rows[0].trusted.value(), Seconds(5), "until when");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.Summarize(m_trusting).observed, Seconds(10), "all along");
        NS_TEST_EXPECT_MSG_EQ(m_recorder.Summarize(m_distrusting).observed,
                              Seconds(5),
                              "from its first trust on");
    }

    uint32_t m_trusting{0};    //!< number of an end that begins in trust
    uint32_t m_distrusting{0}; //!< number of one that does not
};

/**
 * @ingroup keepalive-tests
 * @brief 11. What is written.
 */
class ResultsWriterTest : public RecorderTestCase
{
  public:
    ResultsWriterTest()
        : RecorderTestCase("tables are complete, and contradictions to the closed form are counted")
    {
    }

  private:
    void DoRun() override
    {
        Fail(10, 30);  // 22.5 s: within
        Fail(100, 30); // 19 s: too early
        Fail(200, 30); // not noticed though it lasted longer than the worst case
        Fail(300, 24); // not noticed, but over before the worst case
        Dictate({{32.5, false}, {41, true}, {119, false}, {131, true}});
        RunFor(400);

        const TrafficMonitor traffic(Seconds(1));
        ResultsWriter::EndDescription end;
        end.mechanism = "puppet";
        end.interval = Seconds(5);
        end.retries = 4;
        end.rule = "cisco";
        end.law = DetectionBounds{20, 22.5, 25, DetectionBounds::Shape::UNIFORM};
        const ResultsWriter writer(7, Seconds(400), m_recorder, traffic, {end}, MilliSeconds(1));
        NS_TEST_EXPECT_MSG_EQ(writer.CountOutsideLaw(), 2, "the second and the third");

        std::ostringstream failures;
        writer.WriteFailures(failures);
        NS_TEST_EXPECT_MSG_EQ(
            failures.str(),
            "run,failure,kind,target,began_s,ended_s,end,detected,detected_at_s,detection_time_s,"
            "cause,censored,recovered_at_s,recovery_time_s,black_hole_s,packets_lost,law_lower_s,"
            "law_upper_s,within_law\n"
            "7,0,cut,wire,10,40,A,1,32.5,22.5,keepalive-unanswered,0,41,1,,,20,25,1\n"
            "7,1,cut,wire,100,130,A,1,119,19,keepalive-unanswered,0,131,1,,,20,25,0\n"
            "7,2,cut,wire,200,230,A,0,,,,1,,,,,20,25,0\n"
            "7,3,cut,wire,300,324,A,0,,,,1,,,,,20,25,1\n",
            "failures.csv");
        std::ostringstream summary;
        writer.WriteSummary(summary);
        NS_TEST_EXPECT_MSG_EQ(summary.str().substr(summary.str().find('\n') + 1),
                              "7,A,puppet,5,4,cisco,284,4,2,2,keepalive-unanswered,20.75,,19,22.5,"
                              "20,22.5,25,uniform,0,,,0,1,0,0,0,0,,\n",
                              "summary.csv");
        std::ostringstream mistakes;
        writer.WriteMistakes(mistakes);
        NS_TEST_EXPECT_MSG_EQ(
            mistakes.str(),
            "run,end,suspected_at_s,trusted_at_s,duration_s,since_previous_s,cause\n",
            "mistakes.csv");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class DetectionRecorderTestSuite : public TestSuite
{
  public:
    DetectionRecorderTestSuite()
        : TestSuite("keepalive-detection-recorder")
    {
        AddTestCase(new DetectionTest);
        AddTestCase(new FinalSuspicionTest);
        AddTestCase(new MistakeTest);
        AddTestCase(new OverlapTest);
        AddTestCase(new SessionTest);
        AddTestCase(new UnbegunSessionTest);
        AddTestCase(new SilentSessionTest);
        AddTestCase(new UntrustingDeviceTest);
        AddTestCase(new RepeatedVerdictTest);
        AddTestCase(new ResultsWriterTest);
    }
};

DetectionRecorderTestSuite g_detectionRecorderTestSuite; //!< registers itself

} // namespace
