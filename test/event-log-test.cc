/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The table of everything that happens.
 *
 * 1. An object with trace sources of any names, and without some of them, is logged under its name.
 * 2. Who has no trace source is heard by hand, and may write rows of its own.
 * 3. Failures and repairs are logged with kind and number.
 */

#include "ns3/event-log.h"
#include "ns3/failure-target.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <sstream>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief An object with trace sources, and nothing else.
 */
class Talker : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::keepalive::Talker")
                                .SetParent<Object>()
                                .SetGroupName("Keepalive")
                                .AddTraceSource("Session",
                                                "A change.",
                                                MakeTraceSourceAccessor(&Talker::session),
                                                "ns3::keepalive::DetectionEvent::TracedCallback")
                                .AddTraceSource("Probe",
                                                "A probe was sent.",
                                                MakeTraceSourceAccessor(&Talker::probe),
                                                "ns3::keepalive::KeepaliveNetDevice::"
                                                "KeepaliveTracedCallback")
                                .AddTraceSource("Drop",
                                                "A packet went no further.",
                                                MakeTraceSourceAccessor(&Talker::drop),
                                                "ns3::keepalive::DropTracedCallback");
        return tid;
    }

    TracedCallback<const DetectionEvent&> session;      //!< a change
    TracedCallback<Ptr<const Packet>, uint32_t> probe;  //!< a probe was sent
    TracedCallback<Ptr<const Packet>, DropReason> drop; //!< a packet went no further
};

/**
 * @ingroup keepalive-tests
 * @brief A failure without consequences.
 */
class PuppetFailure : public FailureTarget
{
  public:
    PuppetFailure()
    {
        SetName("wire");
    }

    std::string GetKind() const override
    {
        return "cut";
    }

  private:
    void DoFail() override
    {
    }

    void DoRepair() override
    {
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 1, 2, 3. One table of everything.
 */
class EventLogTest : public TestCase
{
  public:
    EventLogTest()
        : TestCase("whatever speaks is logged, under its name and with its time")
    {
    }

  private:
    /// Let the object say all it can, and write by hand.
    void Speak()
    {
        DetectionEvent event;
        event.when = Simulator::Now();
        event.up = false;
        event.cause = LineCause::HOLD_TIME_EXPIRED;
        m_talker->session(event);
        m_talker->probe(Create<Packet>(), 3);
        m_talker->drop(Create<Packet>(), DropReason::TTL_EXPIRED);
        event.up = true;
        event.cause = LineCause::KEEPALIVE_ANSWERED;
        m_log.Hear("R2", event);
        m_log.Write("R2", "state", "Established", std::nullopt);
        m_log.Write("R2", "routes", "", 0);
    }

    void DoRun() override
    {
        m_talker = CreateObject<Talker>();
        m_log.Watch(m_talker, "R1", {"Session", "Probe", "", "Drop"});
        Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
        m_log.Watch(injector);
        injector->Schedule(CreateObject<PuppetFailure>(), Seconds(1), Seconds(2));
        Simulator::Schedule(MilliSeconds(1500), &EventLogTest::Speak, this);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_out.str(),
                              "time_s,source,event,detail,value\n"
                              "1.000000000,wire,failure-begin,cut,0\n"
                              "1.500000000,R1,line-down,hold-time-expired,\n"
                              "1.500000000,R1,keepalive-tx,,3\n"
                              "1.500000000,R1,drop,ttl-expired,\n"
                              "1.500000000,R2,line-up,keepalive-answered,\n"
                              "1.500000000,R2,state,Established,\n"
                              "1.500000000,R2,routes,,0\n"
                              "3.000000000,wire,failure-end,cut,0\n",
                              "the table");
        injector->Dispose();
    }

    void DoTeardown() override
    {
        m_talker->Dispose();
        m_talker = nullptr;
        Simulator::Destroy();
    }

    std::ostringstream m_out; //!< what is written
    EventLog m_log{m_out};    //!< what is tested
    Ptr<Talker> m_talker;     //!< what is watched
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class EventLogTestSuite : public TestSuite
{
  public:
    EventLogTestSuite()
        : TestSuite("keepalive-event-log")
    {
        AddTestCase(new EventLogTest);
    }
};

EventLogTestSuite g_eventLogTestSuite; //!< registers itself

} // namespace
