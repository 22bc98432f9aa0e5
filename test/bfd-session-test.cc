/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief One end of a BFD session, to the nanosecond, against a peer that the test plays.
 *
 * Unless said: Desired Min TX and Required Min RX 300 ms, Detect Mult 3, no jitter, and the first
 * packet 0.5 s after the start. The peer's packets want 50 ms and 200 ms; it comes up at 1.6 s and
 * sends a Final at 2.25 s.
 *
 *  1. Slow start: one packet per second, or slower if so configured, from the start phase on; the
 *     jitter is that of RFC 5880 section 6.8.7, whatever is drawn.
 *  2. Changes of state are told at once. The packet that says Up still advertises 1 s; the next one
 *     is due by the new interval and carries Poll, as do those after it until the Final.
 *  3. A Poll is answered at once, with Final and without Poll, and moves no periodic packet.
 *  4. Silence for the detection time, and not less, ends the session; by then the peer's first
 *     packets may still have promised 1 s. A packet at the last instant counts; one that is
 *     discarded does not.
 *  5. Timers that are changed while Up are told at once, with Poll, and again at every interval
 *     until the Final. What slows down waits for it; the rest does not.
 *  6. A peer that allows faster packets gets the next one as soon as that allows; one that allows
 *     none gets what is news or an answer.
 *  7. The passive end is silent until it hears the peer, and again when the peer is gone.
 *  8. Shut by the operator, a session says so for the detection time of the peer, hears nothing,
 * and begins anew when it is enabled.
 *  9. A peer that was shut brings the session down once, for its own reason.
 * 10. A peer in Demand mode gets no periodic packets while both are Up, but for a Poll Sequence.
 * 11. While the process hangs nothing is sent or judged; when it comes back, what is overdue is,
 *     timers first, and what the operator wanted meanwhile is done.
 * 12. A crash is silent; the next session knows nothing of the last one, but the configuration.
 * 13. Packets with authentication are dropped.
 * 14. Whoever hears of anything may stop, restart, shut or reconfigure the session.
 * 15. Attributes have bounds; the extremes work.
 * 16. Every gap is drawn anew, from the range of the multiplier.
 */

#include "ns3/bfd-session.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief A time in milliseconds.
 * @param ms the number
 * @return the time
 */
Time
Ms(double ms)
{
    return NanoSeconds(static_cast<uint64_t>(ms * 1e6 + 0.5));
}

/**
 * @ingroup keepalive-tests
 * @brief A session, the peer, and a log of what the session does.
 */
class BfdBench : public BfdSession::Owner
{
  public:
    /**
     * @brief Make a session.
     * @param jitter what is always drawn: 1 for no jitter
     * @param phase what is drawn for the start
     */
    explicit BfdBench(double jitter = 1, double phase = 0.5)
        : session(CreateObject<BfdSession>())
    {
        Ptr<ConstantRandomVariable> constant = CreateObject<ConstantRandomVariable>();
        constant->SetAttribute("Constant", DoubleValue(jitter));
        session->SetAttribute("Jitter", PointerValue(constant));
        constant = CreateObject<ConstantRandomVariable>();
        constant->SetAttribute("Constant", DoubleValue(phase));
        session->SetAttribute("StartPhase", PointerValue(constant));
        session->TraceConnectWithoutContext("State", MakeCallback(&BfdBench::LogState, this));
        session->TraceConnectWithoutContext("LineProtocol", MakeCallback(&BfdBench::LogLine, this));
        session->TraceConnectWithoutContext("Drop", MakeCallback(&BfdBench::LogDrop, this));
    }

    ~BfdBench() override
    {
        session->Dispose();
        Simulator::Destroy();
    }

    /// Start the session, as number 5.
    void Start()
    {
        session->Start(this, 5, false);
    }

    /**
     * @brief A packet of the peer, number 77.
     * @param state that it tells
     * @param flags P, F, D as a sum
     * @param desired its Desired Min TX Interval, in milliseconds
     * @param required its Required Min RX Interval, in milliseconds
     * @return the packet
     */
    static BfdHeader Packet(BfdState state,
                            uint8_t flags = 0,
                            uint32_t desired = 50,
                            uint32_t required = 200)
    {
        BfdHeader header;
        header.SetState(state);
        for (const auto flag : {BfdHeader::POLL, BfdHeader::FINAL, BfdHeader::DEMAND})
        {
            header.SetFlag(flag, (flags & flag) != 0);
        }
        header.SetMyDiscriminator(77);
        header.SetYourDiscriminator(5);
        header.SetDesiredMinTx(desired * 1000);
        header.SetRequiredMinRx(required * 1000);
        return header;
    }

    /**
     * @brief Let the peer say something.
     * @param ms when
     * @param header what
     */
    void HearAt(double ms, const BfdHeader& header)
    {
        Simulator::Schedule(Ms(ms) - Simulator::Now(), &BfdBench::Hear, this, header);
    }

    /**
     * @brief Let the peer repeat itself.
     * @param from first time, in milliseconds
     * @param to last time
     * @param step between them
     * @param header what it says
     */
    void HearEvery(double from, double to, double step, const BfdHeader& header)
    {
        for (double ms = from; ms <= to; ms += step)
        {
            HearAt(ms, header);
        }
    }

    /**
     * @brief Do something.
     * @param ms when
     * @param action what
     */
    void DoAt(double ms, std::function<void()> action)
    {
        Simulator::Schedule(Ms(ms) - Simulator::Now(), &BfdBench::Do, this, action);
    }

    /**
     * @brief The usual start: Down at 0.7 s, Up at 1.6 s, and the Final at 2.25 s.
     * @param required Required Min RX Interval of the peer, in milliseconds
     */
    void ComeUp(uint32_t required = 200)
    {
        Start();
        HearAt(700, Packet(BfdState::DOWN, 0, 1000, required));
        HearAt(1600, Packet(BfdState::UP, 0, 1000, required));
        HearAt(2250, Packet(BfdState::UP, BfdHeader::FINAL, 50, required));
    }

    /**
     * @brief Run on.
     * @param ms until then, this instant included
     */
    void RunUntil(double ms)
    {
        Simulator::Stop(Ms(ms) - Simulator::Now() + NanoSeconds(1));
        Simulator::Run();
    }

    /**
     * @brief What happened from a time on.
     * @param ms the time
     * @return the entries
     */
    std::vector<std::string> Since(double ms) const
    {
        std::vector<std::string> found;
        for (std::size_t i = 0; i < log.size(); i++)
        {
            if (times[i] >= Ms(ms))
            {
                found.push_back(log[i]);
            }
        }
        return found;
    }

    /**
     * @brief Add an entry.
     * @param what the text
     */
    void Log(const std::string& what)
    {
        std::ostringstream text;
        text << Simulator::Now().GetNanoSeconds() / 1e6 << " " << what;
        log.push_back(text.str());
        times.push_back(Simulator::Now());
        if (after)
        {
            after(what);
        }
    }

    Ptr<BfdSession> session;                       //!< the session
    std::vector<std::string> log;                  //!< such as "500 Down your 0 1000/300"
    std::vector<Time> times;                       //!< of the entries
    std::function<void(const std::string&)> after; //!< what to do after an entry

  private:
    /**
     * @brief Hand over a packet.
     * @param header the packet
     */
    void Hear(BfdHeader header)
    {
        Ptr<ns3::Packet> packet = Create<ns3::Packet>();
        packet->AddHeader(header);
        session->Receive(header, packet);
    }

    /**
     * @brief Do something.
     * @param action what
     */
    void Do(std::function<void()> action)
    {
        action();
    }

    void SendBfdPacket(BfdSession&, Ptr<ns3::Packet> packet) override
    {
        BfdHeader header;
        packet->PeekHeader(header);
        std::ostringstream text;
        text << ToString(header.GetState());
        if (header.GetDiagnostic() != BfdDiagnostic::NONE)
        {
            text << "(" << static_cast<uint32_t>(header.GetDiagnostic()) << ")";
        }
        text << (header.HasFlag(BfdHeader::POLL) ? " P" : "")
             << (header.HasFlag(BfdHeader::FINAL) ? " F" : "")
             << (header.HasFlag(BfdHeader::CONTROL_PLANE_INDEPENDENT) ? " C" : "")
             << (header.HasFlag(BfdHeader::DEMAND) ? " D" : "") << " your "
             << header.GetYourDiscriminator() << " " << header.GetDesiredMinTx() / 1000 << "/"
             << header.GetRequiredMinRx() / 1000;
        Log(text.str());
    }

    void Locate(const BfdSession&, DetectionEvent& event) const override
    {
        event.nodeId = 9;
        event.ifIndex = 8;
    }

    /**
     * @brief Log a change of state.
     * @param from before
     * @param to after
     */
    void LogState(BfdState from, BfdState to)
    {
        Log(std::string(ToString(from)) + ">" + ToString(to));
    }

    /**
     * @brief Log a change of the line protocol.
     * @param event the change
     */
    void LogLine(const DetectionEvent& event)
    {
        const bool complete = event.nodeId == 9 && event.ifIndex == 8 && event.mechanism == "bfd" &&
                              event.when == Simulator::Now() &&
                              event.cause == session->GetCause() && event.up == session->IsUp();
        Log(std::string(event.up ? "up " : "down ") + ToString(event.cause) +
            (complete ? "" : ", incomplete"));
    }

    /**
     * @brief Log a drop.
     * @param reason why
     */
    void LogDrop(Ptr<const ns3::Packet>, DropReason reason)
    {
        Log(std::string("drop ") + ToString(reason));
    }
};

/**
 * @ingroup keepalive-tests
 * @brief A case that compares transcripts.
 */
class BfdSessionTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param run what to do
     */
    BfdSessionTestCase(const std::string& name, void (*run)(BfdSessionTestCase&))
        : TestCase(name),
          m_run(run)
    {
    }

    /**
     * @brief Compare a transcript.
     * @param found what happened
     * @param expected what should have
     * @param what is being compared
     */
    void Compare(const std::vector<std::string>& found,
                 const std::vector<std::string>& expected,
                 const std::string& what)
    {
        for (std::size_t i = 0; i < std::max(found.size(), expected.size()); i++)
        {
            NS_TEST_EXPECT_MSG_EQ((i < found.size() ? found[i] : "nothing"),
                                  (i < expected.size() ? expected[i] : "nothing"),
                                  what << ", entry " << i);
        }
    }

    /**
     * @brief Compare two texts or numbers.
     * @param found what there is
     * @param expected what there should be
     * @param what is being compared
     */
    template <typename T>
    void Same(const T& found, const T& expected, const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ(found, expected, what);
    }

  private:
    void DoRun() override
    {
        m_run(*this);
    }

    void (*m_run)(BfdSessionTestCase&); //!< what to do
};

/**
 * @ingroup keepalive-tests
 * @brief 1. Slow start.
 * @param test the case
 */
void
SlowStart(BfdSessionTestCase& test)
{
    struct Row
    {
        double jitter;                     // what is drawn
        uint8_t multiplier;                // Detect Mult
        double desired;                    // Desired Min TX Interval, in milliseconds
        std::vector<std::string> expected; // until 3 s
    };

    const std::string down = " Down your 0 1000/300";
    const Row rows[] = {
        {1, 3, 300, {"500" + down, "1500" + down, "2500" + down}},
        {0, 3, 300, {"500" + down, "1250" + down, "2000" + down, "2750" + down}},
        {0.5, 3, 300, {"500" + down, "1375" + down, "2250" + down}},
        {1, 1, 300, {"500" + down, "1400" + down, "2300" + down}},
        {0, 1, 300, {"500" + down, "1250" + down, "2000" + down, "2750" + down}},
        {7, 3, 300, {"500" + down, "1500" + down, "2500" + down}},
        {-7, 3, 300, {"500" + down, "1250" + down, "2000" + down, "2750" + down}},
        {1, 3, 1000, {"500" + down, "1500" + down, "2500" + down}},
        {1, 3, 1600, {"800 Down your 0 1600/300", "2400 Down your 0 1600/300"}},
    };
    for (const Row& row : rows)
    {
        BfdBench bench(row.jitter);
        bench.session->SetDetectMult(row.multiplier);
        bench.session->SetTimers(Ms(row.desired), Ms(300));
        bench.Start();
        bench.RunUntil(3000);
        test.Compare(bench.log, row.expected, "jitter " + std::to_string(row.jitter));
    }
}

/**
 * @ingroup keepalive-tests
 * @brief 2. Coming up.
 * @param test the case
 */
void
ComingUp(BfdSessionTestCase& test)
{
    {
        BfdBench bench;
        bench.ComeUp();
        bench.RunUntil(2800);
        test.Compare(bench.log,
                     {"500 Down your 0 1000/300",
                      "700 Init your 77 1000/300",
                      "700 Down>Init",
                      "1500 Init your 77 1000/300",
                      "1600 Up your 77 1000/300",
                      "1600 Init>Up",
                      "1600 up session-established",
                      "1900 Up P your 77 300/300",
                      "2200 Up P your 77 300/300",
                      "2500 Up your 77 300/300",
                      "2800 Up your 77 300/300"},
                     "by Down and Up");
        test.Same(bench.session->GetTransmitInterval(), Ms(300), "interval");
        test.Same(bench.session->GetDetectionTime(), Ms(900), "detection time");
        test.Same(bench.session->GetTimeLeft(), Ms(350) - NanoSeconds(1), "of 900 since 2250");
        test.Same(bench.session->GetLastHeard(), Ms(2250), "last heard");
        test.Same(bench.session->GetRemoteDiscriminator(), uint32_t{77}, "the peer");
        test.Same(bench.session->GetDiscriminator(), uint32_t{5}, "we");
        test.Same((bench.session->GetRemoteState() == BfdState::UP), true, "state of the peer");
    }
    BfdBench quick;
    quick.Start();
    quick.HearAt(700, BfdBench::Packet(BfdState::UP)); // of a session that we know nothing of
    quick.HearAt(720, BfdBench::Packet(BfdState::INIT, BfdHeader::POLL));
    quick.RunUntil(1100);
    test.Compare(quick.Since(600),
                 {"700 Down your 77 1000/300", // news: whom we hear
                  "720 Up F your 77 1000/300",
                  "720 Down>Up",
                  "720 up session-established",
                  "1020 Up P your 77 300/300"},
                 "by Init, in answer to a Poll");
}

/**
 * @ingroup keepalive-tests
 * @brief 3. Polls of the peer.
 * @param test the case
 */
void
Polled(BfdSessionTestCase& test)
{
    BfdBench bench;
    bench.ComeUp();
    bench.HearAt(2000, BfdBench::Packet(BfdState::UP, BfdHeader::POLL));
    bench.HearAt(2600, BfdBench::Packet(BfdState::UP, BfdHeader::POLL));
    bench.HearAt(2610, BfdBench::Packet(BfdState::UP, BfdHeader::POLL));
    bench.RunUntil(2800);
    test.Compare(bench.Since(1900),
                 {"1900 Up P your 77 300/300",
                  "2000 Up F your 77 300/300",
                  "2200 Up P your 77 300/300",
                  "2500 Up your 77 300/300",
                  "2600 Up F your 77 300/300",
                  "2610 Up F your 77 300/300",
                  "2800 Up your 77 300/300"},
                 "answers");
}

/**
 * @ingroup keepalive-tests
 * @brief 4. Silence.
 * @param test the case
 */
void
Silence(BfdSessionTestCase& test)
{
    const std::vector<std::string> end = {"3150 Down(1) your 0 1000/300",
                                          "3150 Up>Down",
                                          "3150 down detection-time-expired",
                                          "4150 Down(1) your 0 1000/300"};
    {
        BfdBench bench;
        bench.ComeUp();
        bench.RunUntil(5000);
        test.Compare(bench.Since(3150), end, "900 ms after 2250 ms");
        test.Same(bench.session->GetRemoteDiscriminator(), uint32_t{0}, "forgotten");
        test.Same(bench.session->GetTimeLeft(), Time(0), "nothing to wait for");
    }
    {
        BfdBench bench;
        bench.ComeUp();
        BfdHeader authenticated = BfdBench::Packet(BfdState::UP);
        authenticated.SetAuthentication({1, 3, 1});
        bench.HearAt(3000, authenticated);
        bench.RunUntil(4200);
        test.Compare(bench.Since(3150), end, "what is discarded does not count");
    }
    {
        BfdBench bench;
        bench.ComeUp();
        bench.HearAt(3150, BfdBench::Packet(BfdState::UP));
        bench.RunUntil(4100);
        test.Compare(bench.Since(3990),
                     {"4000 Up your 77 300/300",
                      "4050 Down(1) your 0 1000/300",
                      "4050 Up>Down",
                      "4050 down detection-time-expired"},
                     "the last instant counts");
    }
    {
        BfdBench bench;
        bench.Start();
        bench.HearAt(1600, BfdBench::Packet(BfdState::INIT, 0, 1000));
        bench.RunUntil(4650);
        test.Compare(bench.Since(4590),
                     {"4600 Up P your 77 300/300",
                      "4600 Down(1) your 0 1000/300",
                      "4600 Up>Down",
                      "4600 down detection-time-expired"},
                     "3 s after a packet that promised 1 s");
    }
    {
        BfdBench bench;
        bench.Start();
        bench.HearAt(700, BfdBench::Packet(BfdState::DOWN, 0, 1000));
        bench.RunUntil(3700);
        test.Compare(bench.Since(3690),
                     {"3700 Down(1) your 0 1000/300", "3700 Init>Down"},
                     "in Init, where no line protocol goes down");
    }
}

/**
 * @ingroup keepalive-tests
 * @brief 5. New timers.
 * @param test the case
 */
void
NewTimers(BfdSessionTestCase& test)
{
    {
        BfdBench bench;
        bench.ComeUp();
        bench.HearEvery(2300, 5000, 50, BfdBench::Packet(BfdState::UP));
        bench.DoAt(3000, [&bench] { bench.session->SetTimers(Ms(500), Ms(100)); });
        bench.HearAt(3650.5, BfdBench::Packet(BfdState::UP, BfdHeader::FINAL));
        bench.DoAt(3650, [&] { test.Same(bench.session->GetDetectionTime(), Ms(900), "old"); });
        bench.DoAt(3651, [&] { test.Same(bench.session->GetDetectionTime(), Ms(300), "new"); });
        bench.RunUntil(4600);
        test.Compare(bench.Since(2800),
                     {"2800 Up your 77 300/300",
                      "3000 Up P your 77 500/100",
                      "3300 Up P your 77 500/100",
                      "3600 Up P your 77 500/100",
                      "4100 Up your 77 500/100",
                      "4600 Up your 77 500/100"},
                     "slower sending, faster receiving");
    }
    {
        BfdBench bench;
        bench.ComeUp(50);
        bench.HearEvery(2300, 5000, 50, BfdBench::Packet(BfdState::UP, 0, 50, 50));
        bench.DoAt(2910, [&bench] { bench.session->SetTimers(Ms(100), Ms(500)); });
        bench.DoAt(2911, [&] { test.Same(bench.session->GetDetectionTime(), Ms(1500), "new"); });
        bench.HearAt(3020, BfdBench::Packet(BfdState::UP, BfdHeader::FINAL, 50, 50));
        bench.RunUntil(3200);
        test.Compare(bench.Since(2800),
                     {"2800 Up your 77 300/300",
                      "2910 Up P your 77 100/500",
                      "3010 Up P your 77 100/500",
                      "3110 Up your 77 100/500"},
                     "faster sending, slower receiving");
    }
    {
        BfdBench bench;
        bench.ComeUp();
        bench.HearEvery(2300, 5000, 50, BfdBench::Packet(BfdState::UP));
        bench.DoAt(2900, [&bench] { bench.session->SetDetectMult(4); });
        bench.DoAt(2950, [&bench] { bench.session->SetDetectMult(4); });
        bench.RunUntil(3100);
        test.Compare(
            bench.Since(2800),
            {"2800 Up your 77 300/300", "2900 Up your 77 300/300", "3100 Up your 77 300/300"},
            "a multiplier is told at once, without Poll, and once");
    }
    {
        BfdBench bench;
        bench.ComeUp();
        bench.HearEvery(2301, 5000, 50, BfdBench::Packet(BfdState::UP));
        bench.DoAt(2900, [&bench] { bench.session->SetTimers(Ms(400), Ms(300)); });
        bench.DoAt(2910, [&bench] { bench.session->SetTimers(Ms(600), Ms(300)); });
        bench.HearAt(2920, BfdBench::Packet(BfdState::UP, BfdHeader::FINAL));
        bench.RunUntil(3360);
        test.Compare(bench.Since(2850),
                     {"2900 Up P your 77 400/300",
                      "2951 Up P your 77 600/300", // the first packet without Final
                      "3351 Up P your 77 600/300"},
                     "one change at a time");
    }
    {
        BfdBench bench;
        bench.Start();
        bench.DoAt(900, [&bench] { bench.session->SetTimers(Ms(400), Ms(100)); });
        bench.RunUntil(1500);
        test.Compare(
            bench.log,
            {"500 Down your 0 1000/300", "900 Down your 0 1000/100", "1500 Down your 0 1000/100"},
            "in Down");
    }
}

/**
 * @ingroup keepalive-tests
 * @brief 6. What the peer is able to receive.
 * @param test the case
 */
void
PeerAbilities(BfdSessionTestCase& test)
{
    BfdBench bench;
    bench.ComeUp(1000);
    bench.HearAt(2700, BfdBench::Packet(BfdState::UP, 0, 1000, 400)); // 200 ms after the last
    bench.HearAt(3100, BfdBench::Packet(BfdState::UP, 0, 1000, 1000));
    bench.HearAt(3700, BfdBench::Packet(BfdState::UP, 0, 1000, 200)); // long due
    bench.HearAt(4100, BfdBench::Packet(BfdState::UP, 0, 1000, 0));
    bench.HearAt(5000, BfdBench::Packet(BfdState::UP, BfdHeader::POLL, 1000, 0));
    bench.HearAt(6000, BfdBench::Packet(BfdState::DOWN, 0, 1000, 0));
    bench.HearAt(7500, BfdBench::Packet(BfdState::DOWN, 0, 1000, 200));
    bench.RunUntil(8500);
    test.Compare(bench.Since(1600),
                 {"1600 Up your 77 1000/300",
                  "1600 Init>Up",
                  "1600 up session-established",
                  "2500 Up your 77 300/300", // the Final came before the first Poll
                  "2900 Up your 77 300/300",
                  "3700 Up your 77 300/300",
                  "4000 Up your 77 300/300",
                  "5000 Up F your 77 300/300",
                  "6000 Down(3) your 77 1000/300",
                  "6000 Up>Down",
                  "6000 down peer-signaled-down",
                  "7500 Init(3) your 77 1000/300",
                  "7500 Down>Init",
                  "8500 Init(3) your 77 1000/300"},
                 "1 s, 400 ms, 1 s, 200 ms, nothing, 200 ms");
}

/**
 * @ingroup keepalive-tests
 * @brief 7. The passive role.
 * @param test the case
 */
void
Passive(BfdSessionTestCase& test)
{
    BfdBench bench;
    bench.session->SetAttribute("Passive", BooleanValue(true));
    bench.Start();
    bench.DoAt(1000, [&bench] { bench.session->SetTimers(Ms(300), Ms(400)); });
    bench.HearAt(4200, BfdBench::Packet(BfdState::DOWN, 0, 1000));
    bench.RunUntil(20000);
    test.Compare(bench.log,
                 {"4200 Init your 77 1000/400",
                  "4200 Down>Init",
                  "5200 Init your 77 1000/400",
                  "6200 Init your 77 1000/400",
                  "7200 Init your 77 1000/400",
                  "7200 Init>Down"},
                 "silent, but for the time in which the peer is known");
}

/**
 * @ingroup keepalive-tests
 * @brief 8. Shut by the operator.
 * @param test the case
 */
void
Shut(BfdSessionTestCase& test)
{
    {
        BfdBench bench;
        bench.ComeUp();
        bench.DoAt(3000, [&bench] { bench.session->SetAdminDown(true); });
        bench.DoAt(3010, [&bench] { bench.session->SetAdminDown(true); });
        bench.HearAt(3100, BfdBench::Packet(BfdState::UP));
        bench.HearAt(6900, BfdBench::Packet(BfdState::DOWN, BfdHeader::POLL));
        bench.DoAt(8000, [&bench] { bench.session->SetAdminDown(false); });
        bench.RunUntil(9000);
        test.Compare(bench.Since(2900),
                     {"3000 AdminDown(7) your 77 1000/300",
                      "3000 Up>AdminDown",
                      "3000 down admin-shutdown",
                      "3100 drop bad-state",
                      "3150 AdminDown(7) your 0 1000/300", // the detection time of what was heard
                      "4000 AdminDown(7) your 0 1000/300",
                      "5000 AdminDown(7) your 0 1000/300",
                      "6000 AdminDown(7) your 0 1000/300",
                      "6900 drop bad-state",
                      "8000 Down your 0 1000/300",
                      "8000 AdminDown>Down",
                      "9000 Down your 0 1000/300"},
                     "3 s of AdminDown, three times what the peer may miss");
    }
    BfdBench never;
    never.session->SetAdminDown(true);
    never.Start();
    never.RunUntil(2000);
    test.Compare(never.log,
                 {"0 AdminDown(7) your 0 1000/300",
                  "0 Down>AdminDown",
                  "500 AdminDown(7) your 0 1000/300",
                  "1500 AdminDown(7) your 0 1000/300"},
                 "from the beginning");
    test.Same(never.session->IsAdminDown(), true, "shut");
}

/**
 * @ingroup keepalive-tests
 * @brief 9. The peer is shut.
 * @param test the case
 */
void
PeerShut(BfdSessionTestCase& test)
{
    BfdBench bench;
    bench.ComeUp();
    bench.HearEvery(3000, 6000, 1000, BfdBench::Packet(BfdState::ADMIN_DOWN, 0, 1000));
    bench.RunUntil(9500);
    test.Compare(bench.Since(2900),
                 {"3000 Down(3) your 77 1000/300",
                  "3000 Up>Down",
                  "3000 down peer-admin-down",
                  "4000 Down(3) your 77 1000/300",
                  "5000 Down(3) your 77 1000/300",
                  "6000 Down(3) your 77 1000/300",
                  "7000 Down(3) your 77 1000/300",
                  "8000 Down(3) your 77 1000/300",
                  "9000 Down(3) your 77 1000/300",
                  "9000 Down(3) your 0 1000/300"},
                 "one alarm");
}

/**
 * @ingroup keepalive-tests
 * @brief 10. Demand mode of the peer.
 * @param test the case
 */
void
Demand(BfdSessionTestCase& test)
{
    {
        BfdBench bench;
        bench.ComeUp();
        bench.HearEvery(2801, 6000, 300, BfdBench::Packet(BfdState::UP, BfdHeader::DEMAND));
        bench.HearAt(4000, BfdBench::Packet(BfdState::UP, BfdHeader::DEMAND | BfdHeader::POLL));
        bench.DoAt(4500, [&bench] { bench.session->SetTimers(Ms(400), Ms(300)); });
        bench.HearAt(4850, BfdBench::Packet(BfdState::UP, BfdHeader::DEMAND | BfdHeader::FINAL));
        bench.HearAt(5700, BfdBench::Packet(BfdState::UP));
        bench.HearAt(5750, BfdBench::Packet(BfdState::DOWN, BfdHeader::DEMAND));
        bench.RunUntil(5760);
        test.Compare(bench.Since(2700),
                     {"2800 Up your 77 300/300",
                      "4000 Up F your 77 300/300",
                      "4500 Up P your 77 400/300",
                      "4800 Up P your 77 400/300",
                      "5700 Up your 77 400/300", // no longer wanted to be silent
                      "5750 Down(3) your 77 1000/300",
                      "5750 Up>Down",
                      "5750 down peer-signaled-down"},
                     "silence by request");
    }
    BfdBench bench;
    bench.Start();
    bench.HearAt(700, BfdBench::Packet(BfdState::DOWN, BfdHeader::DEMAND, 1000));
    bench.HearAt(1600, BfdBench::Packet(BfdState::INIT, BfdHeader::DEMAND, 1000));
    bench.HearAt(1950, BfdBench::Packet(BfdState::INIT, BfdHeader::DEMAND | BfdHeader::FINAL));
    bench.RunUntil(2500);
    test.Compare(bench.Since(1500),
                 {"1500 Init your 77 1000/300",
                  "1600 Up your 77 1000/300",
                  "1600 Init>Up",
                  "1600 up session-established",
                  "1900 Up P your 77 300/300",
                  "2200 Up your 77 300/300",
                  "2500 Up your 77 300/300"},
                 "not before both are Up");
}

/**
 * @ingroup keepalive-tests
 * @brief 11. The process hangs.
 * @param test the case
 */
void
Stalled(BfdSessionTestCase& test)
{
    BfdBench bench;
    bench.ComeUp();
    bench.HearAt(2900, BfdBench::Packet(BfdState::UP));
    bench.DoAt(3000, [&bench] { bench.session->SetStalled(true); });
    bench.DoAt(3500, [&bench] { bench.session->SetStalled(false); });
    bench.HearAt(3600, BfdBench::Packet(BfdState::UP)); // until 4500
    bench.DoAt(4200, [&bench] { bench.session->SetStalled(true); });
    bench.DoAt(5000, [&bench] { bench.session->SetTimers(Ms(300), Ms(100)); });
    bench.DoAt(6000, [&bench] { bench.session->SetStalled(false); });
    bench.DoAt(7500, [&bench] { bench.session->SetStalled(true); });
    bench.DoAt(7600, [&bench] { bench.session->SetAdminDown(true); });
    bench.DoAt(7700, [&bench] { bench.session->SetStalled(false); });
    bench.RunUntil(7800);
    test.Compare(bench.Since(2900),
                 {"3500 Up your 77 300/300",
                  "3800 Up your 77 300/300",
                  "4100 Up your 77 300/300",
                  "6000 Down(1) your 0 1000/300",
                  "6000 Up>Down",
                  "6000 down detection-time-expired",
                  "6000 Down(1) your 0 1000/100",
                  "7000 Down(1) your 0 1000/100",
                  "7700 AdminDown(7) your 0 1000/100",
                  "7700 Down>AdminDown"},
                 "two hangs, one of them too long");
}

/**
 * @ingroup keepalive-tests
 * @brief 12. A crash.
 * @param test the case
 */
void
Crash(BfdSessionTestCase& test)
{
    {
        BfdBench bench;
        bench.ComeUp();
        bench.DoAt(3000, [&bench] { bench.session->Stop(LineCause::NODE_CRASHED); });
        bench.HearAt(3100, BfdBench::Packet(BfdState::UP));
        bench.DoAt(3200, [&bench] { bench.session->SetTimers(Ms(400), Ms(500)); });
        bench.DoAt(8000, [&bench] { bench.session->Start(&bench, 6, true); });
        bench.HearAt(8600, BfdBench::Packet(BfdState::DOWN, 0, 1000));
        bench.RunUntil(8600);
        test.Compare(bench.Since(2900),
                     {"3000 Up>Down",
                      "3000 down node-crashed",
                      "3100 drop admin-down",
                      "8500 Down C your 0 1000/500",
                      "8600 Init C your 77 1000/500",
                      "8600 Down>Init"},
                     "nobody is told");
        test.Same(bench.session->GetDiscriminator(), uint32_t{6}, "a new name");
    }
    BfdBench bench;
    bench.Start();
    bench.HearAt(700, BfdBench::Packet(BfdState::DOWN, 0, 1000));
    bench.DoAt(800, [&bench] { bench.session->Stop(LineCause::NODE_CRASHED); });
    bench.DoAt(900, [&bench] { bench.session->Start(&bench, 6, false); });
    bench.HearAt(1000, BfdBench::Packet(BfdState::DOWN, 0, 1000));
    bench.RunUntil(1100);
    test.Compare(bench.Since(700),
                 {"700 Init your 77 1000/300",
                  "700 Down>Init",
                  "800 Init>Down",
                  "1000 Init your 77 1000/300",
                  "1000 Down>Init"},
                 "what the last session said was said by another one");
}

/**
 * @ingroup keepalive-tests
 * @brief 13. Authentication.
 * @param test the case
 */
void
Authentication(BfdSessionTestCase& test)
{
    BfdBench bench;
    bench.Start();
    BfdHeader header = BfdBench::Packet(BfdState::DOWN, BfdHeader::POLL);
    header.SetAuthentication({1, 3, 1});
    bench.HearAt(600, header);
    bench.RunUntil(700);
    test.Compare(bench.log,
                 {"500 Down your 0 1000/300", "600 drop authentication"},
                 "not in use here");
    test.Same(bench.session->GetRemoteDiscriminator(), uint32_t{0}, "learns nothing");
}

/**
 * @ingroup keepalive-tests
 * @brief 14. Listeners that act.
 * @param test the case
 */
void
Reentrance(BfdSessionTestCase& test)
{
    for (uint32_t action = 0; action < 6; action++)
    {
        // Every entry of the life of a session, one after the other, is where something is done.
        for (std::size_t entry = 0; entry < 24; entry++)
        {
            BfdBench bench;
            bool stopped = false;
            std::size_t late = 0;
            std::size_t count = 0;
            bench.after = [&](const std::string& what) {
                late += stopped && what.find("your") != std::string::npos;
                if (count++ != entry)
                {
                    return;
                }
                switch (action)
                {
                case 0:
                    stopped = true;
                    bench.session->Stop(LineCause::NODE_CRASHED);
                    break;
                case 1:
                    bench.session->Stop(LineCause::NODE_CRASHED);
                    bench.session->Start(&bench, 6, false);
                    break;
                case 2:
                    bench.session->SetAdminDown(!bench.session->IsAdminDown());
                    break;
                case 3:
                    bench.session->SetTimers(Ms(200), Ms(100));
                    break;
                case 4:
                    bench.session->SetStalled(true);
                    break;
                case 5:
                    stopped = true;
                    bench.session->Dispose();
                    break;
                default:
                    break;
                }
            };
            bench.ComeUp();
            bench.HearAt(2400, BfdBench::Packet(BfdState::UP, BfdHeader::POLL));
            bench.HearAt(2600, BfdBench::Packet(BfdState::DOWN));
            bench.HearAt(2700, BfdBench::Packet(BfdState::INIT));
            bench.DoAt(3000, [&bench] { bench.session->SetTimers(Ms(400), Ms(300)); });
            bench.DoAt(8000, [&bench] { bench.session->SetAdminDown(true); });
            bench.HearAt(8100, BfdBench::Packet(BfdState::DOWN));
            bench.RunUntil(12000);
            test.Same(late, std::size_t{0}, "packets after the end");
            if (action < 4) // after a disposal, and in a hang, all is as it was
            {
                const bool shut = bench.session->IsAdminDown() && !stopped;
                test.Same(bench.session->IsUp(), false, "by then it is over in any case");
                test.Same((bench.session->GetState() == BfdState::ADMIN_DOWN), shut, "state");
            }
        }
    }
}

/**
 * @ingroup keepalive-tests
 * @brief 15. Bounds and extremes.
 * @param test the case
 */
void
Bounds(BfdSessionTestCase& test)
{
    Ptr<BfdSession> session = CreateObject<BfdSession>();
    const Time most = MicroSeconds(UINT32_MAX);
    for (const std::string name : {"DesiredMinTxInterval", "RequiredMinRxInterval"})
    {
        test.Same(session->SetAttributeFailSafe(name, TimeValue(Time(0))), false, name);
        test.Same(session->SetAttributeFailSafe(name, TimeValue(NanoSeconds(999))), false, name);
        test.Same(session->SetAttributeFailSafe(name, TimeValue(most + NanoSeconds(1))),
                  false,
                  name);
        for (const Time& good : {MicroSeconds(1), MilliSeconds(50), most})
        {
            TimeValue value;
            test.Same(session->SetAttributeFailSafe(name, TimeValue(good)), true, name);
            session->GetAttribute(name, value);
            test.Same(value.Get(), good, name);
        }
    }
    for (const auto& [multiplier, good] :
         std::vector<std::pair<uint64_t, bool>>{{0, false}, {1, true}, {255, true}, {256, false}})
    {
        test.Same(session->SetAttributeFailSafe("DetectMult", UintegerValue(multiplier)),
                  good,
                  "DetectMult");
    }
    session->SetDetectMult(0);
    UintegerValue least;
    session->GetAttribute("DetectMult", least);
    test.Same(least.Get(), uint64_t{1}, "the nearest that there may be");
    session->SetTimers(Time(0), most * 2);
    TimeValue value;
    session->GetAttribute("DesiredMinTxInterval", value);
    test.Same(value.Get(), MicroSeconds(1), "the nearest that there may be");
    session->GetAttribute("RequiredMinRxInterval", value);
    test.Same(value.Get(), most, "the nearest that there may be");
    session->Dispose();

    // A microsecond: 1000 packets in a millisecond; and the longest detection time there is.
    BfdBench bench;
    bench.session->SetTimers(MicroSeconds(1), MicroSeconds(1));
    bench.Start();
    BfdHeader header = BfdBench::Packet(BfdState::INIT, 0, 0, 0);
    header.SetRequiredMinRx(1);
    header.SetDesiredMinTx(UINT32_MAX);
    header.SetDetectMult(255);
    bench.HearAt(600, header);
    bench.RunUntil(601);
    test.Same(bench.Since(600.0001).size(), std::size_t{1000}, "1 us");
    test.Same(bench.session->GetDetectionTime(), most * 255, "304 hours");
}

/**
 * @ingroup keepalive-tests
 * @brief 16. Jitter.
 * @param test the case
 */
void
Jitter(BfdSessionTestCase& test)
{
    for (const uint8_t multiplier : {1, 3})
    {
        BfdBench bench;
        bench.session->SetAttribute("Jitter", StringValue("ns3::UniformRandomVariable"));
        bench.session->SetDetectMult(multiplier);
        test.Same(bench.session->AssignStreams(40), int64_t{2}, "streams used");
        bench.Start();
        bench.RunUntil(2000000);
        double least = 1e9;
        double greatest = 0;
        for (std::size_t i = 1; i < bench.times.size(); i++)
        {
            const double gap = (bench.times[i] - bench.times[i - 1]).GetSeconds();
            least = std::min(least, gap);
            greatest = std::max(greatest, gap);
        }
        // Of more than 2000 gaps, the extremes come closer than 1 % of the range to its ends, but
        // for 2 runs in 10^9.
        const double end = multiplier == 1 ? 0.9 : 1.0;
        const double near = (end - 0.75) / 100;
        test.Same((least >= 0.75 && least < 0.75 + near), true, "the least gap");
        test.Same((greatest <= end && greatest > end - near), true, "the greatest gap");
    }
}

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BfdSessionTestSuite : public TestSuite
{
  public:
    BfdSessionTestSuite()
        : TestSuite("keepalive-bfd-session")
    {
        const std::pair<const char*, void (*)(BfdSessionTestCase&)> cases[] = {
            {"slow start, jitter and start phase", SlowStart},
            {"states are told at once, and Up leaves slow start in a Poll Sequence", ComingUp},
            {"a Poll is answered at once", Polled},
            {"silence for the detection time ends the session", Silence},
            {"new timers are told with Poll, and in use when they may be", NewTimers},
            {"the peer's Required Min RX Interval is honoured", PeerAbilities},
            {"the passive end waits", Passive},
            {"shut by the operator", Shut},
            {"a peer that was shut brings the session down once", PeerShut},
            {"a peer in Demand mode gets silence", Demand},
            {"a process that hangs", Stalled},
            {"a crash is silent and forgets", Crash},
            {"packets with authentication are dropped", Authentication},
            {"whoever hears of anything may act", Reentrance},
            {"bounds and extremes", Bounds},
            {"every gap is drawn anew", Jitter},
        };
        for (const auto& [name, run] : cases)
        {
            AddTestCase(new BfdSessionTestCase(name, run));
        }
    }
};

BfdSessionTestSuite g_bfdSessionTestSuite; //!< registers the suite

} // namespace
