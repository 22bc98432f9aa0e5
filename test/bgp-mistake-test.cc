/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief How long loss takes to make a hold timer expire falsely: the simulation against the exact
 *        Markov chain, BgpLaw::GetMeanTimeToFalseExpiry.
 *
 * Hold time, keepalive time and loss are 3 s, 1 s, 5 % and 9 s, 3 s, 20 %; the retransmission
 * timeout is 1 s, ns-3's least, or 0.2 s, Linux's.
 *
 * 1. The mean time, each false alarm being waited for, agrees with the chain where it is short.
 * 2. So does the mean time by regenerative importance sampling, in all four cases.
 * 3. The 0.2 s are worth their name: the mean time is many times that of 1 s.
 *
 * What the chain takes for granted, and how the simulation is made to be so:
 *
 * - Only what carries KEEPALIVEs to one end is lost, each transmission by itself. Acknowledgments
 *   come through; the chain neglects their loss, which cannot delay a delivery.
 * - The retransmission timeout is its least value, R, 2R, 4R: TCP of profile rfc1122, without
 *   Linux's tail loss probe, and acknowledgments that are not delayed, or they would be a part of
 *   the round-trip time and of the timeout. A path of 10 ms then does not matter.
 * - A KEEPALIVE behind a lost one arrives with it. Nagle's algorithm would keep it back until the
 *   lost one is acknowledged, and then it could be lost itself: it is off. So it is sent, and lost
 *   or not, and TCP's retransmission takes it along.
 * - With R of exactly 1 s or 0.2 s, retransmissions fall on the same instant as KEEPALIVEs and
 *   expiries. The chain says that an arrival in the very last instant counts, a simulated one is a
 *   transmission time late. A millisecond more decides that, for both.
 *
 * Every case begins with the session up and a KEEPALIVE in time, as the chain does; while it comes
 * up nothing is lost.
 *
 * Importance sampling, because 1.6e5 s for one false alarm are too many: whenever a KEEPALIVE
 * arrives in time at the first attempt, and nothing is outstanding, all is as in the beginning. So
 * the mean time is that of such a cycle, divided by the probability that it ends in a false alarm.
 * Both are estimated with half of all transmissions lost, each cycle weighted with its likelihood
 * with the loss that is meant to that with the one it had. The interval is that of a ratio.
 */

#include "bgp-test-network.h"
#include "keepalive-statistics.h"

#include "ns3/bgp-law.h"
#include "ns3/boolean.h"
#include "ns3/error-model.h"
#include "ns3/ipv4-header.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

constexpr uint32_t PPP_OVERHEAD = 2;     //!< bytes before the IP header
constexpr double BIAS = 0.5;             //!< loss with importance sampling
constexpr uint32_t CYCLES = 10000;       //!< with importance sampling
constexpr uint32_t ALARMS = 120;         //!< that are waited for
constexpr double DECISIVE = 0.001;       //!< seconds on top of the timeout
constexpr double LONGEST_TIMEOUT = 60;   //!< of TCP rfc1122, seconds
constexpr int64_t STREAM = 700;          //!< random stream of the loss
const Time TRANSIT = MicroSeconds(5500); //!< a KEEPALIVE arrives in this time, unless lost

/**
 * @ingroup keepalive-tests
 * @brief Loses segments with data, more often than is meant, and knows how likely that was.
 */
class WeighedLoss : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::keepalive::tests::WeighedLoss").SetParent<ErrorModel>();
        return tid;
    }

    WeighedLoss()
        : m_random(CreateObject<UniformRandomVariable>())
    {
        m_random->SetStream(STREAM);
    }

    double meant{0};    //!< loss that is meant
    double had{0};      //!< loss that there is
    bool active{false}; //!< else nothing is lost
    double weight{1};   //!< likelihood of what happened with the one, to that with the other

  private:
    bool DoCorrupt(Ptr<Packet> packet) override
    {
        Ptr<Packet> copy = packet->Copy();
        Ipv4Header ip;
        TcpHeader tcp;
        copy->RemoveAtStart(PPP_OVERHEAD);
        copy->RemoveHeader(ip);
        copy->RemoveHeader(tcp);
        if (!active || copy->GetSize() == 0)
        {
            return false;
        }
        const bool lost = m_random->GetValue() < had;
        weight *= lost ? meant / had : (1 - meant) / (1 - had);
        return lost;
    }

    void DoReset() override
    {
    }

    Ptr<UniformRandomVariable> m_random; //!< decides
};

/**
 * @ingroup keepalive-tests
 * @brief A session whose KEEPALIVEs in one direction are lost, watched until it has failed often
 *        enough.
 */
class LossySession
{
  public:
    /// From one KEEPALIVE in time to the next, or to a false alarm.
    struct Cycle
    {
        double length; //!< seconds
        bool alarm;    //!< it ended in a false alarm
        double weight; //!< its likelihood ratio
    };

    /**
     * @brief Build it.
     * @param hold hold time, seconds
     * @param keepalive keepalive time, seconds
     * @param timeout retransmission timeout, seconds
     * @param meant loss that is meant
     * @param had loss that there is
     */
    LossySession(double hold, double keepalive, double timeout, double meant, double had)
        : m_network(0),
          m_loss(CreateObject<WeighedLoss>())
    {
        RngSeedManager::SetRun(1);
        BgpHelper& helper = m_network.helper;
        helper.SetTcpProfile("rfc1122");
        helper.SetTcpAttribute("RtoMin", TimeValue(Seconds(timeout)));
        helper.SetTcpAttribute("DelAckCount", UintegerValue(1));
        helper.SetTcpAttribute("TcpNoDelay", BooleanValue(true));
        helper.SetNeighborAttribute("Profile", StringValue("cisco")); // no jitter
        helper.SetNeighborAttribute("HoldTime", TimeValue(Seconds(hold)));
        helper.SetNeighborAttribute("KeepaliveTime", TimeValue(Seconds(keepalive)));
        m_network.AddSpeakers(2);
        BgpTestNetwork::Link& link = m_network.Connect(0, 1);
        link.second->SetAttribute("Passive", BooleanValue(true));
        m_loss->meant = meant;
        m_loss->had = had;
        link.devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(m_loss));
        const auto connect = [this](Ptr<BgpNeighbor> from, const char* name, const auto& sink) {
            from->TraceConnectWithoutContext(name, MakeCallback(sink, this));
        };
        connect(link.first, "MessageTx", &LossySession::HandleTx);
        connect(link.second, "MessageRx", &LossySession::HandleRx);
        connect(link.second, "LineProtocol", &LossySession::HandleLine);
    }

    /**
     * @brief Run it.
     * @param cycles until there are so many
     * @param alarms and so many false alarms
     */
    void Run(uint32_t cycles, uint32_t alarms)
    {
        for (Time now = Seconds(1000); m_cycles.size() < cycles || m_alarms < alarms;
             now += Seconds(1000))
        {
            m_network.RunUntil(now);
            m_network.records.clear();
        }
    }

    /**
     * @brief What happened.
     * @return the cycles; those of the last, unfinished one are left out
     */
    const std::vector<Cycle>& GetCycles() const
    {
        return m_cycles;
    }

    /**
     * @brief What ended sessions.
     * @return true if it was the hold timer of the end that did not hear, each time
     */
    bool IsSound() const
    {
        return m_sound;
    }

  private:
    /**
     * @brief Trace sink: the sender sends.
     * @param type what
     */
    void HandleTx(BgpMessageType type, uint32_t)
    {
        if (type == BgpMessageType::KEEPALIVE)
        {
            m_outstanding++;
            m_sent = Simulator::Now();
        }
    }

    /**
     * @brief Trace sink: the receiver reads.
     * @param type what
     */
    void HandleRx(BgpMessageType type, uint32_t)
    {
        if (type != BgpMessageType::KEEPALIVE)
        {
            return;
        }
        m_outstanding--;
        if (m_loss->active && m_outstanding == 0 && Simulator::Now() - m_sent < TRANSIT)
        {
            EndCycle(false);
        }
    }

    /**
     * @brief Trace sink: the receiver's session.
     * @param event the change
     */
    void HandleLine(const DetectionEvent& event)
    {
        if (event.up)
        {
            m_loss->active = true;
            m_loss->weight = 1;
            m_outstanding = 0; // this session's first KEEPALIVE has been read
            m_began = Simulator::Now();
            return;
        }
        m_sound = m_sound && event.cause == LineCause::HOLD_TIME_EXPIRED;
        EndCycle(true);
        m_alarms++;
        m_loss->active = false;
    }

    /**
     * @brief A cycle ends, and the next one begins.
     * @param alarm how
     */
    void EndCycle(bool alarm)
    {
        m_cycles.push_back({(Simulator::Now() - m_began).GetSeconds(), alarm, m_loss->weight});
        m_began = Simulator::Now();
        m_loss->weight = 1;
    }

    BgpTestNetwork m_network;    //!< two speakers
    Ptr<WeighedLoss> m_loss;     //!< between them
    std::vector<Cycle> m_cycles; //!< what happened
    uint32_t m_alarms{0};        //!< false alarms among them
    bool m_sound{true};          //!< all of them for the reason that is meant
    int32_t m_outstanding{0};    //!< KEEPALIVEs sent and not read
    Time m_sent;                 //!< when the last one was
    Time m_began;                //!< when the cycle did
};

/// One of the four cases.
struct Setting
{
    double hold;      //!< seconds
    double keepalive; //!< seconds
    double loss;      //!< probability
    double timeout;   //!< seconds

    /**
     * @brief What the chain says.
     * @return seconds
     */
    double GetMean() const
    {
        return BgpLaw::GetMeanTimeToFalseExpiry(hold,
                                                keepalive,
                                                timeout + DECISIVE,
                                                LONGEST_TIMEOUT,
                                                loss);
    }
};

constexpr Setting SHORT_1{3, 1, 0.05, 1};    //!< hold time 3 s, timeout 1 s
constexpr Setting SHORT_02{3, 1, 0.05, 0.2}; //!< hold time 3 s, timeout 0.2 s
constexpr Setting LONG_1{9, 3, 0.2, 1};      //!< hold time 9 s, timeout 1 s
constexpr Setting LONG_02{9, 3, 0.2, 0.2};   //!< hold time 9 s, timeout 0.2 s

/**
 * @ingroup keepalive-tests
 * @brief Mean and standard error of a sample.
 * @param sample the observations
 * @return both
 */
std::pair<double, double>
Estimate(const std::vector<double>& sample)
{
    double sum = 0;
    for (const double value : sample)
    {
        sum += value;
    }
    const double n = static_cast<double>(sample.size());
    const double mean = sum / n;
    double squares = 0;
    for (const double value : sample)
    {
        squares += (value - mean) * (value - mean);
    }
    return {mean, std::sqrt(squares / (n - 1) / n)};
}

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. One case, by one method.
 */
class MistakeTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param setting the case
     * @param waiting whether each false alarm is waited for; else importance sampling
     */
    MistakeTestCase(const Setting& setting, bool waiting)
        : TestCase("hold time " + std::to_string(setting.hold) + ", timeout " +
                   std::to_string(setting.timeout) + (waiting ? ", waiting" : ", sampling")),
          m_setting(setting),
          m_waiting(waiting)
    {
    }

  private:
    void DoRun() override
    {
        const Setting& s = m_setting;
        LossySession session(s.hold,
                             s.keepalive,
                             s.timeout + DECISIVE,
                             s.loss,
                             m_waiting ? s.loss : BIAS);
        // With the longer timeout alarms are not rare, and each costs a new session.
        const uint32_t cycles = s.timeout < 1 ? CYCLES : CYCLES / 4;
        session.Run(m_waiting ? 0 : cycles, m_waiting ? ALARMS : 0);
        NS_TEST_EXPECT_MSG_EQ(session.IsSound(), true, "it is the hold timer that ends sessions");
        const auto [mean, error] =
            m_waiting ? EstimateWaiting(session.GetCycles()) : EstimateRatio(session.GetCycles());
        const double exact = s.GetMean();
        NS_TEST_EXPECT_MSG_EQ_TOL(mean, exact, 1.96 * error, "mean time to a false alarm");
        NS_TEST_EXPECT_MSG_LT(error, 0.1 * exact, "which is known well enough to tell");
    }

    /**
     * @brief The mean time between false alarms that were waited for.
     * @param cycles what happened
     * @return the mean and its standard error
     */
    static std::pair<double, double> EstimateWaiting(const std::vector<LossySession::Cycle>& cycles)
    {
        std::vector<double> times;
        double time = 0;
        for (const auto& cycle : cycles)
        {
            time += cycle.length;
            if (cycle.alarm)
            {
                times.push_back(time);
                time = 0;
            }
        }
        return Estimate(times);
    }

    /**
     * @brief Mean length of a cycle, divided by the probability of an alarm.
     * @param cycles what happened
     * @return the ratio and its standard error
     */
    static std::pair<double, double> EstimateRatio(const std::vector<LossySession::Cycle>& cycles)
    {
        std::vector<double> lengths;
        std::vector<double> alarms;
        for (const auto& cycle : cycles)
        {
            lengths.push_back(cycle.weight * cycle.length);
            alarms.push_back(cycle.alarm ? cycle.weight : 0);
        }
        const double alarm = Estimate(alarms).first;
        const double ratio = Estimate(lengths).first / alarm;
        std::vector<double> residuals;
        for (std::size_t i = 0; i < cycles.size(); i++)
        {
            residuals.push_back(lengths[i] - ratio * alarms[i]);
        }
        return {ratio, Estimate(residuals).second / alarm};
    }

    Setting m_setting; //!< the case
    bool m_waiting;    //!< the method
};

/**
 * @ingroup keepalive-tests
 * @brief 3. What the timeout is worth.
 */
class TimeoutTestCase : public TestCase
{
  public:
    TimeoutTestCase()
        : TestCase("a timeout of 0.2 s is worth more than one of 1 s")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_GT(SHORT_02.GetMean(), 300 * SHORT_1.GetMean(), "hold time 3 s");
        NS_TEST_EXPECT_MSG_GT(LONG_02.GetMean(), 10 * LONG_1.GetMean(), "hold time 9 s");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class BgpMistakeTestSuite : public TestSuite
{
  public:
    BgpMistakeTestSuite()
        : TestSuite("keepalive-bgp-mistakes")
    {
        AddTestCase(new MistakeTestCase(SHORT_1, true));
        AddTestCase(new MistakeTestCase(LONG_1, true));
        for (const Setting& setting : {SHORT_1, SHORT_02, LONG_1, LONG_02})
        {
            AddTestCase(new MistakeTestCase(setting, false));
        }
        AddTestCase(new TimeoutTestCase);
    }
};

BgpMistakeTestSuite g_bgpMistakeTestSuite; //!< registers the suite

} // namespace
