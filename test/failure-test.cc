/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/channel.h"
#include "ns3/detection-event.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/failure-helper.h"
#include "ns3/failure-injector.h"
#include "ns3/failure-target.h"
#include "ns3/gre-tunnel-device.h"
#include "ns3/gre-tunnel-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/node-crash.h"
#include "ns3/nstime.h"
#include "ns3/outage-error-model.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Failures: what a cut does to frames, when the injector strikes, what each target does.
 *
 * Behaviours, of a wire with 0.1 s of transmission and 1 s of delay:
 *  1. a cut at the receiver takes what is on the wire
 *  2. a cut at the sender lets pass what has left as a whole, and nothing else
 *  3. a frame sent into the cut is lost although it would arrive after the repair
 *  4. a frame passes if its first bit is sent after the repair, and not otherwise
 *  5. frames that wait in the queue are sent into the cut, and lost one by one
 *  6. a one-way cut leaves the other direction alone
 *  7. overlapping cuts: the wire is whole when all have ended
 *  8. an error model that the device had, or is given, works behind the cut
 *  9. a frame that was sent into one cut is lost although it arrives during a later one
 *
 * Behaviours of the injector:
 * 10. once: at its time, for its duration; for ever with a duration of zero
 * 11. random: each failure uniform in its own window
 * 12. flapping: regular
 * 13. process: mean times to failure and to repair, from its start on
 * 14. script: events in any order, with comments, empty lines and lines that end as in Windows
 * 15. a script with any bad line says which and why, and schedules nothing
 * 16. overlapping failures of one target are one failure
 * 17. a process and a scheduled failure of one target that overlap are one failure
 * 18. the trace says what, when, which and whether ends are cut off, before it happens
 * 19. a disposed injector strikes no more
 *
 * Behaviours of the targets, at the ends of a GRE tunnel:
 * 20. crash: silent, state lost, and a fresh start at the boot; what the node had sent arrives,
 *     what was on its way to it does not
 * 21. shutdown: signalled here, silent there
 * 22. stall: no keepalives of its own, those of the peer are answered still
 * 23. delay step: the delay changes and changes back, and is no outage
 * 24. failing twice and repairing twice changes nothing
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr int64_t STREAM = 8000; //!< streams of this file; each case uses those from here on

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
 * @brief An exponential random variable.
 * @param mean its mean
 * @return the variable, with no stream yet
 */
Ptr<RandomVariableStream>
Exponential(double mean)
{
    Ptr<ExponentialRandomVariable> variable = CreateObject<ExponentialRandomVariable>();
    variable->SetAttribute("Mean", DoubleValue(mean));
    return variable;
}

/**
 * @brief Time in milliseconds, as the records of this file have it.
 * @return now
 */
std::string
Milliseconds()
{
    return std::to_string(Simulator::Now().GetMilliSeconds());
}

// ---- wires ----

/// A test case with a wire between two bare nodes, and a record of what arrives.
class WireTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit WireTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        NodeContainer nodes(2);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("8kbps"));
        link.SetChannelAttribute("Delay", TimeValue(Seconds(1)));
        m_devices = link.Install(nodes);
        for (uint32_t end : {0, 1})
        {
            m_devices.Get(end)->SetReceiveCallback(MakeCallback(&WireTestCase::Receive, this));
        }
        m_arrived.clear();
    }

    void DoTeardown() override
    {
        m_devices = NetDeviceContainer();
        Simulator::Destroy();
    }

    /**
     * @brief Send a frame of 0.1 s.
     * @param at when, in seconds
     * @param from which end
     */
    void SendAt(double at, uint32_t from = 0)
    {
        Simulator::Schedule(Seconds(at), &WireTestCase::Send, this, from);
    }

    /**
     * @brief Make a target fail for a while.
     * @param target the target
     * @param at when, in seconds
     * @param end when it is repaired, in seconds; 0 for never
     */
    void FailAt(Ptr<FailureTarget> target, double at, double end)
    {
        Simulator::Schedule(Seconds(at), &FailureTarget::Fail, target);
        if (end > 0)
        {
            Simulator::Schedule(Seconds(end), &FailureTarget::Repair, target);
        }
    }

    /**
     * @brief A cut of both directions.
     * @param inFlight what becomes of frames in flight
     * @return the cut
     */
    Ptr<LinkCut> MakeCut(LinkCut::InFlight inFlight)
    {
        Ptr<LinkCut> cut = FailureHelper::CutLink(m_devices.Get(0), m_devices.Get(1), "wire");
        cut->SetInFlight(inFlight);
        return cut;
    }

    /**
     * @brief Run, and compare what arrived.
     * @param expected milliseconds and receiving end of each frame
     * @param lost frames that the end 1 lost to cuts
     */
    void ExpectArrivals(const std::string& expected, uint64_t lost)
    {
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrived, expected, "what arrived when and where");
        NS_TEST_EXPECT_MSG_EQ(FailureHelper::GetOutageModel(m_devices.Get(1))->GetLostFrames(),
                              lost,
                              "frames lost to cuts");
    }

    NetDeviceContainer m_devices; //!< both ends
    std::string m_arrived;        //!< when frames arrived, and where

  private:
    /**
     * @brief Send a frame.
     * @param from which end
     */
    void Send(uint32_t from)
    {
        // Two bytes of PPP make it a hundred.
        m_devices.Get(from)->Send(Create<Packet>(98), Mac48Address::GetBroadcast(), 0x0800);
    }

    /**
     * @brief A frame arrived.
     * @param device where
     * @return true, for it is taken
     */
    bool Receive(Ptr<NetDevice> device, Ptr<const Packet>, uint16_t, const Address&)
    {
        m_arrived += Milliseconds() + (device == m_devices.Get(1) ? "b " : "a ");
        return true;
    }
};

/// Behaviour 1.
class CutAtReceiverTestCase : public WireTestCase
{
  public:
    CutAtReceiverTestCase()
        : WireTestCase("A cut at the receiver takes what is on the wire, in both directions")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(MakeCut(LinkCut::InFlight::LOST), 1.5, 5);
        SendAt(0.3); // arrives at 1.4: before the cut
        SendAt(0.5); // would arrive at 1.6
        SendAt(0.5, 1);
        SendAt(1.3); // its last bit left at 1.4
        ExpectArrivals("1400b ", 2);
    }
};

/// Behaviour 2.
class CutAtSenderTestCase : public WireTestCase
{
  public:
    CutAtSenderTestCase()
        : WireTestCase("A cut at the sender lets pass what has left as a whole")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(MakeCut(LinkCut::InFlight::DELIVERED), 1.5, 5);
        SendAt(0.5);
        SendAt(0.5, 1);
        SendAt(1.4);     // its last bit leaves at the very instant of the cut
        SendAt(1.45, 1); // half of it has left
        SendAt(1.55);    // sent into the cut
        ExpectArrivals("1600b 1600a 2500b ", 1);
    }
};

/// Behaviour 3.
class SentIntoCutTestCase : public WireTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param inFlight what becomes of frames in flight
     * @param name where the cut is
     */
    SentIntoCutTestCase(LinkCut::InFlight inFlight, const std::string& name)
        : WireTestCase("A frame sent into the cut is lost although it arrives after, " + name),
          m_inFlight(inFlight)
    {
    }

  private:
    void DoRun() override
    {
        FailAt(MakeCut(m_inFlight), 2, 2.5);
        SendAt(2.2); // would arrive at 3.3
        SendAt(3);
        ExpectArrivals("4100b ", 1);
    }

    LinkCut::InFlight m_inFlight; //!< what becomes of frames in flight
};

/// Behaviour 4.
class RepairInstantTestCase : public WireTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param at when the frame is sent; the repair is at 2.5 s
     * @param passes whether it arrives
     */
    RepairInstantTestCase(double at, bool passes)
        : WireTestCase(passes ? "A frame passes if its first bit is sent at the repair"
                              : "A frame is lost if its first bit is sent before the repair"),
          m_at(at),
          m_passes(passes)
    {
    }

  private:
    void DoRun() override
    {
        FailAt(MakeCut(LinkCut::InFlight::LOST), 2, 2.5);
        SendAt(m_at);
        ExpectArrivals(m_passes ? "3600b " : "", m_passes ? 0 : 1);
    }

    double m_at;   //!< when it is sent
    bool m_passes; //!< whether it arrives
};

/// Behaviour 5.
class QueuedTestCase : public WireTestCase
{
  public:
    QueuedTestCase()
        : WireTestCase("Frames that wait in the queue are lost as they are sent into the cut")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(MakeCut(LinkCut::InFlight::DELIVERED), 0.15, 0.35);
        for (int i = 0; i < 6; i++)
        {
            SendAt(0); // the first bits leave at 0, 0.1, 0.2, 0.3, 0.4 and 0.5
        }
        ExpectArrivals("1100b 1500b 1600b ", 3);
    }
};

/// Behaviour 6.
class OneWayTestCase : public WireTestCase
{
  public:
    OneWayTestCase()
        : WireTestCase("A one-way cut leaves the other direction alone")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<LinkCut> cut = FailureHelper::CutOneWay(m_devices.Get(0), m_devices.Get(1), "wire");
        NS_TEST_EXPECT_MSG_EQ(cut->GetKind(), "one-way", "its kind");
        FailAt(cut, 2, 0);
        SendAt(3, 0);
        SendAt(3, 1);
        ExpectArrivals("4100a ", 1);
    }
};

/// Behaviour 7.
class OverlapTestCase : public WireTestCase
{
  public:
    OverlapTestCase()
        : WireTestCase("Overlapping cuts: the wire is whole when all have ended")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(MakeCut(LinkCut::InFlight::LOST), 2, 4);
        FailAt(FailureHelper::CutOneWay(m_devices.Get(0), m_devices.Get(1), "half"), 3, 6);
        for (const double at : {1.0, 2.5, 3.5, 5.0, 7.0})
        {
            SendAt(at, 0); // arrive 1.1 later: the first one in the cut
            SendAt(at, 1);
        }
        ExpectArrivals("6100a 8100b 8100a ", 4);
    }
};

/// Behaviour 8.
class NextModelTestCase : public WireTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param before whether the device has the error model before the cut is made
     */
    explicit NextModelTestCase(bool before)
        : WireTestCase(before ? "An error model that the device had works behind the cut"
                              : "An error model that the device is given works behind the cut"),
          m_before(before)
    {
    }

  private:
    void DoRun() override
    {
        Ptr<ReceiveListErrorModel> second = CreateObject<ReceiveListErrorModel>();
        second->SetList({1});
        if (m_before)
        {
            m_devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(second));
        }
        Ptr<LinkCut> cut = MakeCut(LinkCut::InFlight::LOST);
        if (!m_before)
        {
            FailureHelper::SetLoss(m_devices.Get(1), second);
        }
        NS_TEST_EXPECT_MSG_EQ(
            (FailureHelper::GetOutageModel(m_devices.Get(1))->GetNext() == second),
            true,
            "what comes after the cut");
        FailAt(cut, 2, 4);
        SendAt(0); // the first that it sees
        SendAt(2); // lost to the cut: it does not see this one
        SendAt(5); // the second
        SendAt(6);
        ExpectArrivals("1100b 7100b ", 1);
    }

    bool m_before; //!< whether it comes first
};

/// Behaviour 9.
class EarlierCutTestCase : public WireTestCase
{
  public:
    EarlierCutTestCase()
        : WireTestCase("A frame sent into one cut is lost although it arrives during a later one")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<LinkCut> cut = MakeCut(LinkCut::InFlight::DELIVERED);
        FailAt(cut, 2, 2.5);
        FailAt(cut, 3.2, 4);
        SendAt(2.2); // would arrive at 3.3
        ExpectArrivals("", 1);
    }
};

/// Behaviour 20, on the wire.
class CrashedWireTestCase : public WireTestCase
{
  public:
    CrashedWireTestCase()
        : WireTestCase("Crash: what the node had sent arrives, what was on its way to it does not")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(FailureHelper::Crash(m_devices.Get(0)->GetNode(), "node"), 1.5, 5);
        SendAt(0.5, 0);
        SendAt(0.5, 1);
        SendAt(1.45, 0); // half of it has left
        SendAt(2, 0);
        SendAt(2, 1);
        SendAt(6, 0);
        SendAt(6, 1);
        ExpectArrivals("1600b 7100b 7100a ", 2);
    }
};

// ---- injector ----

/// A target that records what is done to it.
class FakeTarget : public FailureTarget
{
  public:
    /**
     * @brief Say where to write.
     * @param log the record
     * @param name its name
     * @param outage whether it is an outage
     */
    void SetLog(std::string* log, const std::string& name, bool outage)
    {
        m_log = log;
        SetName(name);
        m_outage = outage;
    }

    std::string GetKind() const override
    {
        return "fake";
    }

    bool IsOutage() const override
    {
        return m_outage;
    }

  private:
    void DoFail() override
    {
        *m_log += Milliseconds() + GetName() + "- ";
    }

    void DoRepair() override
    {
        *m_log += Milliseconds() + GetName() + "+ ";
    }

    std::string* m_log{nullptr}; //!< the record
    bool m_outage{true};         //!< whether it is an outage
};

/// A test case with an injector, two targets, and a record of what happens to them.
class InjectorTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit InjectorTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_a = CreateObject<FakeTarget>();
        m_a->SetLog(&m_log, "A", true);
        m_b = CreateObject<FakeTarget>();
        m_b->SetLog(&m_log, "B", false);
        m_injector = CreateObject<FailureInjector>();
        m_injector->TraceConnectWithoutContext("Failure",
                                               MakeCallback(&InjectorTestCase::Trace, this));
        m_injector->AssignStreams(STREAM);
        m_log.clear();
        m_events.clear();
    }

    void DoTeardown() override
    {
        m_injector->Dispose();
        m_injector = nullptr;
        m_a = nullptr;
        m_b = nullptr;
        Simulator::Destroy();
    }

    /**
     * @brief Run to the end, and compare the record.
     * @param expected milliseconds, target and sign of each change
     */
    void ExpectLog(const std::string& expected)
    {
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_log, expected, "what was done to the targets");
        const auto failures = std::count_if(m_events.begin(),
                                            m_events.end(),
                                            [](const FailureEvent& e) { return e.failed; });
        NS_TEST_EXPECT_MSG_EQ(std::count(m_log.begin(), m_log.end(), '-'),
                              failures,
                              "failures traced");
        NS_TEST_EXPECT_MSG_EQ(m_injector->GetNFailures(), failures, "failures counted");
    }

    /**
     * @brief The trace fired.
     * @param event what it says
     */
    virtual void Trace(const FailureEvent& event)
    {
        m_events.push_back(event);
    }

    Ptr<FakeTarget> m_a;                //!< a target, an outage
    Ptr<FakeTarget> m_b;                //!< another one, no outage
    Ptr<FailureInjector> m_injector;    //!< the injector
    std::string m_log;                  //!< what was done to the targets
    std::vector<FailureEvent> m_events; //!< what was traced
};

/// Behaviour 10.
class OnceTestCase : public InjectorTestCase
{
  public:
    OnceTestCase()
        : InjectorTestCase("Once: at its time, for its duration, or for ever")
    {
    }

  private:
    void DoRun() override
    {
        m_injector->Schedule(m_a, Seconds(10), Seconds(2.5));
        m_injector->Schedule(m_b, Seconds(11), Seconds(0));
        m_injector->Schedule(m_a, Seconds(20), Seconds(1));
        ExpectLog("10000A- 11000B- 12500A+ 20000A- 21000A+ ");
        NS_TEST_EXPECT_MSG_EQ(m_b->HasFailed(), true, "for ever");
        m_injector->Schedule(m_a, Seconds(30), Seconds(1)); // times are from the start, always
        ExpectLog("10000A- 11000B- 12500A+ 20000A- 21000A+ 30000A- 31000A+ ");
    }
};

/// Behaviour 11.
class RandomTestCase : public InjectorTestCase
{
  public:
    RandomTestCase()
        : InjectorTestCase("Random: each failure uniform in its own window")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t N = 5000;
        constexpr uint32_t BINS = 20;
        m_injector->ScheduleRandom(m_a, Seconds(7), Seconds(10), Seconds(3), Seconds(13), N);
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_events.size(), 2 * N, "failures and repairs");
        std::vector<uint32_t> bins(BINS);
        for (uint32_t i = 0; i < N; i++)
        {
            const FailureEvent& failure = m_events[2 * i];
            const FailureEvent& repair = m_events[2 * i + 1];
            const double share = (failure.when - Seconds(7 + 13.0 * i)).GetSeconds() / 10;
            NS_TEST_ASSERT_MSG_EQ((share >= 0 && share < 1), true, "window " << i);
            NS_TEST_ASSERT_MSG_EQ(repair.when - failure.when, Seconds(3), "duration " << i);
            bins[static_cast<uint32_t>(share * BINS)]++;
        }
        double chiSquare = 0;
        for (const uint32_t count : bins)
        {
            const double expected = static_cast<double>(N) / BINS;
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        NS_TEST_EXPECT_MSG_LT(chiSquare, 43.82, "19 degrees of freedom, one in a thousand");
    }
};

/// Behaviour 12.
class FlappingTestCase : public InjectorTestCase
{
  public:
    FlappingTestCase()
        : InjectorTestCase("Flapping: regular")
    {
    }

  private:
    void DoRun() override
    {
        m_injector->ScheduleFlapping(m_a, Seconds(5), Seconds(2), Seconds(8), 3);
        ExpectLog("5000A- 7000A+ 15000A- 17000A+ 25000A- 27000A+ ");
    }
};

/// Behaviour 13.
class ProcessTestCase : public InjectorTestCase
{
  public:
    ProcessTestCase()
        : InjectorTestCase("Process: mean times to failure and repair, from its start on")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t N = 10000;
        m_injector->ScheduleProcess(m_a, Seconds(1000), Exponential(95), Exponential(5));
        NS_TEST_EXPECT_MSG_EQ(m_injector->AssignStreams(STREAM), 3, "one, and two a process");
        Simulator::Stop(Seconds(1000 + 100.0 * N));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_GT(m_events.size(), N, "changes");
        NS_TEST_EXPECT_MSG_GT(m_events[0].when, Seconds(1000), "nothing before its start");
        double up = 0;
        double down = 0;
        Time last = Seconds(1000);
        for (std::size_t i = 0; i < m_events.size(); i++)
        {
            NS_TEST_ASSERT_MSG_EQ(m_events[i].failed, (i % 2 == 0), "failure and repair in turn");
            NS_TEST_ASSERT_MSG_EQ(m_events[i].number, i / 2, "numbered in turn");
            (i % 2 == 0 ? up : down) += (m_events[i].when - last).GetSeconds();
            last = m_events[i].when;
        }
        const double n = static_cast<double>(m_events.size()) / 2;
        // Four standard errors of a mean of exponential variables.
        NS_TEST_EXPECT_MSG_EQ_TOL(up / n, 95, 4 * 95 / std::sqrt(n), "mean time to failure");
        NS_TEST_EXPECT_MSG_EQ_TOL(down / n, 5, 4 * 5 / std::sqrt(n), "mean time to repair");
    }
};

/// Behaviour 14.
class ScriptTestCase : public InjectorTestCase
{
  public:
    ScriptTestCase()
        : InjectorTestCase("Script: events in any order, comments, empty lines, Windows lines")
    {
    }

  private:
    void DoRun() override
    {
        std::istringstream script("# time,target,state\n"
                                  "\n"
                                  "20,A,down\n"
                                  "10.5,B,down\r\n"
                                  "\r\n"
                                  "1.25e1, B, up\n"
                                  "5,A,up\n" // it works: changes nothing
                                  "0,A,down\n"
                                  "1,A,up");
        const auto wrong = m_injector->ScheduleScript(script, {m_a, m_b});
        NS_TEST_EXPECT_MSG_EQ(wrong.value_or("nothing"), "nothing", "what is wrong");
        ExpectLog("0A- 1000A+ 10500B- 12500B+ 20000A- ");
    }
};

/// Behaviour 15.
class BadScriptTestCase : public InjectorTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name what is bad about the line, for the name of the case
     * @param line the line
     * @param message part of the message expected
     */
    BadScriptTestCase(const std::string& name, const std::string& line, const std::string& message)
        : InjectorTestCase("Bad script: line number, reason, nothing scheduled: " + name),
          m_line(line),
          m_message(message)
    {
    }

  private:
    void DoRun() override
    {
        // Sound lines before and after: they must come to nothing either.
        std::istringstream script("1,A,down\n# comment\n" + m_line + "\n9,A,up\n");
        const std::string message =
            m_injector->ScheduleScript(script, {m_a, m_b}).value_or("nothing is wrong");
        NS_TEST_EXPECT_MSG_EQ(message.substr(0, 8), "line 3: ", "in: " << message);
        NS_TEST_EXPECT_MSG_NE(message.find(m_message), std::string::npos, "in: " << message);
        ExpectLog("");
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Time(0), "an event was scheduled");
    }

    std::string m_line;    //!< the bad line
    std::string m_message; //!< part of the message expected
};

/// Behaviour 16.
class OverlappingFailuresTestCase : public InjectorTestCase
{
  public:
    OverlappingFailuresTestCase()
        : InjectorTestCase("Overlapping failures of one target are one failure")
    {
    }

  private:
    void DoRun() override
    {
        m_injector->Schedule(m_a, Seconds(10), Seconds(10)); // 10 to 20
        m_injector->Schedule(m_a, Seconds(12), Seconds(3));  // within it
        m_injector->Schedule(m_a, Seconds(18), Seconds(10)); // to 28
        m_injector->Schedule(m_b, Seconds(11), Seconds(1));  // another target: its own failure
        m_injector->Schedule(m_a, Seconds(30), Seconds(1));
        ExpectLog("10000A- 11000B- 12000B+ 28000A+ 30000A- 31000A+ ");
        NS_TEST_ASSERT_MSG_EQ(m_events.size(), 6, "events traced");
        const std::vector<uint32_t> numbers = {0, 1, 1, 0, 2, 2};
        for (std::size_t i = 0; i < numbers.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(m_events[i].number, numbers[i], "number of event " << i);
        }
    }
};

/// Behaviour 17.
class OverlappingProcessTestCase : public InjectorTestCase
{
  public:
    OverlappingProcessTestCase()
        : InjectorTestCase("A process and a scheduled failure that overlap are one failure")
    {
    }

  private:
    void DoRun() override
    {
        m_injector->Schedule(m_a, Seconds(10), Seconds(40));                     // 10 to 50
        m_injector->ScheduleProcess(m_a, Seconds(0), Constant(20), Constant(5)); // 20 to 25, 45 to
        Simulator::Stop(Seconds(60));                                            // 50, 70 to 75
        ExpectLog("10000A- 50000A+ ");
    }
};

/// Behaviour 18.
class TraceTestCase : public InjectorTestCase
{
  public:
    TraceTestCase()
        : InjectorTestCase("The trace says what, when, which and whether, before it happens")
    {
    }

  private:
    void DoRun() override
    {
        m_injector->Schedule(m_a, Seconds(10), Seconds(10));
        m_injector->Schedule(m_b, Seconds(15), Seconds(10));
        ExpectLog("[10000 0 fake A failed outage]10000A- [15000 1 fake B failed disturbance]15000B-"
                  " [20000 0 fake A repaired outage]20000A+ [25000 1 fake B repaired disturbance]"
                  "25000B+ ");
    }

    void Trace(const FailureEvent& event) override
    {
        InjectorTestCase::Trace(event);
        NS_TEST_EXPECT_MSG_EQ(event.when, Simulator::Now(), "the time of the event");
        m_log += "[" + Milliseconds() + " " + std::to_string(event.number) + " " + event.kind +
                 " " + event.target + (event.failed ? " failed" : " repaired") +
                 (event.outage ? " outage]" : " disturbance]");
    }
};

/// Behaviour 19.
class DisposedTestCase : public InjectorTestCase
{
  public:
    DisposedTestCase()
        : InjectorTestCase("A disposed injector strikes no more")
    {
    }

  private:
    void DoRun() override
    {
        m_injector->Schedule(m_a, Seconds(10), Seconds(10));
        m_injector->ScheduleFlapping(m_a, Seconds(20), Seconds(1), Seconds(1), 3);
        m_injector->ScheduleProcess(m_b, Seconds(5), Constant(20), Constant(5));
        Simulator::Schedule(Seconds(12), &FailureInjector::Dispose, m_injector);
        Simulator::Run(); // ends by itself
        NS_TEST_EXPECT_MSG_EQ(m_log, "10000A- ", "what was done to the targets");
        NS_TEST_EXPECT_MSG_EQ(Simulator::IsFinished(), true, "an event is left");
    }
};

// ---- targets ----

/// A test case with a GRE tunnel over one link. Keepalives every 10 s, at 3 s and so on.
class TunnelTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit TunnelTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        NodeContainer nodes(2);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(nodes);
        stack.AssignStreams(nodes, STREAM + 10);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("10Mbps"));
        link.SetChannelAttribute("Delay", TimeValue(MilliSeconds(10)));
        m_link = link.Install(nodes);
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
        addresses.Assign(m_link);
        GreTunnelHelper gre;
        gre.SetKeepalive(Seconds(10), 3);
        gre.SetDeviceAttribute("KeepaliveStartPhase",
                               StringValue("ns3::ConstantRandomVariable[Constant=0.3]"));
        NetDeviceContainer ends = gre.Install(nodes.Get(0), "10.0.0.1", nodes.Get(1), "10.0.0.2");
        gre.AssignStreams(ends, STREAM + 20);
        m_a = ends.Get(0)->GetObject<GreTunnelDevice>();
        m_b = ends.Get(1)->GetObject<GreTunnelDevice>();
        for (const auto& end : {m_a, m_b})
        {
            end->TraceConnectWithoutContext("LineProtocol",
                                            MakeCallback(&TunnelTestCase::HandleLine, this));
        }
        m_injector = CreateObject<FailureInjector>();
        m_injector->TraceConnectWithoutContext("Failure",
                                               MakeCallback(&TunnelTestCase::HandleFailure, this));
        m_log.clear();
    }

    void DoTeardown() override
    {
        m_injector->Dispose();
        m_injector = nullptr;
        m_a = nullptr;
        m_b = nullptr;
        m_link = NetDeviceContainer();
        Simulator::Destroy();
    }

    /**
     * @brief Make something fail from 25 s to 85 s, and run for 120 s.
     * @param target what fails
     */
    void RunFailure(Ptr<FailureTarget> target)
    {
        m_injector->Schedule(target, Seconds(25), Seconds(60));
        Simulator::Schedule(Seconds(84), &TunnelTestCase::TakeStock, this);
        Simulator::Stop(Seconds(120));
        Simulator::Run();
    }

    NetDeviceContainer m_link;       //!< the link below
    Ptr<GreTunnelDevice> m_a;        //!< one end of the tunnel
    Ptr<GreTunnelDevice> m_b;        //!< the other end
    Ptr<FailureInjector> m_injector; //!< the injector
    InterfaceCounters m_stockOfA;    //!< counters near the end of the failure
    InterfaceCounters m_stockOfB;    //!< counters near the end of the failure
    std::string m_log;               //!< failures and verdicts

  private:
    /// Look at the counters.
    void TakeStock()
    {
        m_stockOfA = m_a->GetCounters();
        m_stockOfB = m_b->GetCounters();
    }

    /**
     * @brief A line protocol changed.
     * @param event what it says
     */
    void HandleLine(const DetectionEvent& event)
    {
        m_log += Milliseconds() + (event.nodeId == m_a->GetNode()->GetId() ? " A " : " B ") +
                 (event.up ? "up " : "down ") + ToString(event.cause) + "\n";
    }

    /**
     * @brief Something failed or was repaired.
     * @param event what it says
     */
    void HandleFailure(const FailureEvent& event)
    {
        m_log += Milliseconds() + " " + event.kind + " of " + event.target +
                 (event.failed ? " begins" : " ends") + "\n";
    }
};

/// Behaviour 20.
class CrashTestCase : public TunnelTestCase
{
  public:
    CrashTestCase()
        : TunnelTestCase("Crash: silent, state lost, and a fresh start at the boot")
    {
    }

  private:
    void DoRun() override
    {
        RunFailure(FailureHelper::Crash(m_b->GetNode(), "R2"));
        // The boot is at 85 s, so the keepalives of B are at 88 s from then on.
        NS_TEST_EXPECT_MSG_EQ(m_log,
                              "25000 crash of R2 begins\n"
                              "25000 B down node-crashed\n"
                              "63000 A down keepalive-unanswered\n"
                              "85000 crash of R2 ends\n"
                              "85000 B up node-booted\n"
                              "93020 A up keepalive-answered\n",
                              "failures and verdicts");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfB.keepalivesSent, 3, "3, 13 and 23 s");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfB.reflected, 3, "those of A until then");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfA.keepalivesSent, 9, "A goes on");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfA.keepalivesHeard, 3, "but hears no more");
        NS_TEST_EXPECT_MSG_EQ(m_b->GetCounters().keepalivesSent, 7, "88, 98, 108 and 118 s");
        NS_TEST_EXPECT_MSG_EQ(m_b->GetCounters().keepalivesHeard, 7, "all answered");
    }
};

/// Behaviour 21.
class ShutdownTestCase : public TunnelTestCase
{
  public:
    ShutdownTestCase()
        : TunnelTestCase("Shutdown: signalled here, silent there")
    {
    }

  private:
    void DoRun() override
    {
        RunFailure(FailureHelper::Shutdown(m_b, "Tunnel0 of R2"));
        NS_TEST_EXPECT_MSG_EQ(m_log,
                              "25000 shutdown of Tunnel0 of R2 begins\n"
                              "25000 B down admin-shutdown\n"
                              "63000 A down keepalive-unanswered\n"
                              "85000 shutdown of Tunnel0 of R2 ends\n"
                              "85000 B up admin-enabled\n"
                              "93020 A up keepalive-answered\n",
                              "failures and verdicts");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfB.keepalivesSent, 3, "3, 13 and 23 s");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfB.reflected, 3, "those of A until then");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfB.rxDrops, 6, "and those of A since then are refused");
        NS_TEST_EXPECT_MSG_EQ(m_b->IsAdminUp(), true, "enabled again");
    }
};

/// Behaviour 22.
class StallTestCase : public TunnelTestCase
{
  public:
    StallTestCase()
        : TunnelTestCase("Stall: no keepalives of its own, those of the peer are answered still")
    {
    }

  private:
    void DoRun() override
    {
        RunFailure(FailureHelper::Stall(m_b->GetNode(), "R2"));
        NS_TEST_EXPECT_MSG_EQ(m_log,
                              "25000 stall of R2 begins\n"
                              "85000 stall of R2 ends\n",
                              "failures and verdicts");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfB.keepalivesSent, 3, "3, 13 and 23 s");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfB.reflected, 9, "all of A");
        NS_TEST_EXPECT_MSG_EQ(m_stockOfA.keepalivesHeard, 9, "all of its own");
        NS_TEST_EXPECT_MSG_EQ(m_b->GetCounters().keepalivesSent, 6, "93, 103 and 113 s");
    }
};

/// Behaviour 23.
class DelayStepTestCase : public TunnelTestCase
{
  public:
    DelayStepTestCase()
        : TunnelTestCase("Delay step: the delay changes and changes back, and is no outage")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<DelayStep> step = FailureHelper::StepDelay(m_link.Get(0), Seconds(18), "path");
        NS_TEST_EXPECT_MSG_EQ(step->IsOutage(), false, "no outage");
        ExpectDelay(MilliSeconds(10));
        Simulator::Schedule(Seconds(26), &DelayStepTestCase::ExpectDelay, this, Seconds(18));
        RunFailure(step);
        ExpectDelay(MilliSeconds(10));
        // Round trips of 36 s: the keepalives of 33 s return at 69 s, the verdict is at 63 s.
        NS_TEST_EXPECT_MSG_EQ(m_log,
                              "25000 delay-step of path begins\n"
                              "63000 A down keepalive-unanswered\n"
                              "63000 B down keepalive-unanswered\n"
                              "69000 A up keepalive-answered\n"
                              "69000 B up keepalive-answered\n"
                              "85000 delay-step of path ends\n",
                              "failures and verdicts");
    }

    /**
     * @brief Compare the delay.
     * @param expected the delay
     */
    void ExpectDelay(Time expected)
    {
        TimeValue delay;
        m_link.Get(0)->GetChannel()->GetAttribute("Delay", delay);
        NS_TEST_EXPECT_MSG_EQ(delay.Get(), expected, "delay at " << Milliseconds() << " ms");
    }
};

/// Behaviour 24.
class TwiceTestCase : public InjectorTestCase
{
  public:
    TwiceTestCase()
        : InjectorTestCase("Failing twice and repairing twice changes nothing")
    {
    }

  private:
    void DoRun() override
    {
        m_a->Repair();
        m_a->Fail();
        m_a->Fail();
        NS_TEST_EXPECT_MSG_EQ(m_a->HasFailed(), true, "failed");
        m_a->Repair();
        m_a->Repair();
        NS_TEST_EXPECT_MSG_EQ(m_a->HasFailed(), false, "repaired");
        NS_TEST_EXPECT_MSG_EQ(m_log, "0A- 0A+ ", "what was done to it");
    }
};

/// Failures.
class FailureTestSuite : public TestSuite
{
  public:
    FailureTestSuite()
        : TestSuite("keepalive-failure")
    {
        AddTestCase(new CutAtReceiverTestCase);
        AddTestCase(new CutAtSenderTestCase);
        AddTestCase(new SentIntoCutTestCase(LinkCut::InFlight::LOST, "cut at the receiver"));
        AddTestCase(new SentIntoCutTestCase(LinkCut::InFlight::DELIVERED, "cut at the sender"));
        AddTestCase(new RepairInstantTestCase(2.5, true));
        AddTestCase(new RepairInstantTestCase(2.499, false));
        AddTestCase(new QueuedTestCase);
        AddTestCase(new OneWayTestCase);
        AddTestCase(new OverlapTestCase);
        AddTestCase(new NextModelTestCase(true));
        AddTestCase(new NextModelTestCase(false));
        AddTestCase(new EarlierCutTestCase);

        AddTestCase(new OnceTestCase);
        AddTestCase(new RandomTestCase);
        AddTestCase(new FlappingTestCase);
        AddTestCase(new ProcessTestCase);
        AddTestCase(new ScriptTestCase);
        const std::string form = "expected time,target,down or time,target,up";
        AddTestCase(new BadScriptTestCase("no commas", "garbage", form));
        AddTestCase(new BadScriptTestCase("no time", ",A,down", form));
        AddTestCase(new BadScriptTestCase("no number", "soon,A,down", form));
        AddTestCase(new BadScriptTestCase("not a number", "nan,A,down", form));
        AddTestCase(new BadScriptTestCase("infinite", "inf,A,down", form));
        AddTestCase(new BadScriptTestCase("no state", "5,A", form));
        AddTestCase(new BadScriptTestCase("empty state", "5,A,", form));
        AddTestCase(new BadScriptTestCase("another separator", "5;A;down", form));
        AddTestCase(new BadScriptTestCase("before the start", "-1,A,down", "must be 0 to 1e9"));
        AddTestCase(new BadScriptTestCase("beyond all times", "1e30,A,down", "time"));
        AddTestCase(new BadScriptTestCase("unknown target", "5,C,down", "no target named \"C\""));
        AddTestCase(new BadScriptTestCase("unknown state", "5,A,sideways", "got \"sideways\""));
        AddTestCase(new BadScriptTestCase("too much", "5,A,down,up", "got \"down,up\""));
        AddTestCase(new OverlappingFailuresTestCase);
        AddTestCase(new OverlappingProcessTestCase);
        AddTestCase(new TraceTestCase);
        AddTestCase(new DisposedTestCase);

        AddTestCase(new CrashTestCase);
        AddTestCase(new CrashedWireTestCase);
        AddTestCase(new ShutdownTestCase);
        AddTestCase(new StallTestCase);
        AddTestCase(new DelayStepTestCase);
        AddTestCase(new TwiceTestCase);
    }
};

FailureTestSuite g_failureTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
