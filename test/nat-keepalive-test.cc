/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/boolean.h"
#include "ns3/nat-keepalive.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief NatKeepalive: one octet when nothing else was sent.
 *
 * Behaviours:
 *  1. one octet 0xFF, the first one an interval after the start, then one each interval; 20 s
 *     unless told otherwise, 5 to 3600 s
 *  2. anything sent on the flow starts the interval anew, even in the very instant in which a
 *     keepalive is due; what is sent and what is traced are the same
 *  3. a clock in whole seconds looks once an interval: up to 1 s early, or late
 *  4. nothing before the start, after the end and without power; a boot starts the interval anew
 *  5. a stall delays what is due to its end, unless the data plane sends meanwhile; one keepalive
 *     at the most
 *  6. a single octet 0xFF is a keepalive and nothing else is
 *  7. without a flow, and disposed, nothing goes wrong
 */

namespace ns3
{
namespace keepalive
{
namespace
{

/// A test case with a keepalive, a record of what it sends and a schedule of what is done to it.
class NatKeepaliveTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit NatKeepaliveTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_keepalive = CreateObject<NatKeepalive>();
        m_keepalive->SetSend(MakeCallback(&NatKeepaliveTestCase::Sent, this));
        m_keepalive->TraceConnectWithoutContext("KeepaliveTx",
                                                MakeCallback(&NatKeepaliveTestCase::Traced, this));
        m_sent.clear();
        m_traced = 0;
    }

    void DoTeardown() override
    {
        m_keepalive->Dispose();
        m_keepalive = nullptr;
        Simulator::Destroy();
    }

    /**
     * @brief Start at 0, and see what is sent.
     * @param until when to stop, in seconds
     * @param expected when keepalives are to be sent, in seconds
     * @param what what it is about
     */
    void Expect(double until, const std::vector<double>& expected, const std::string& what)
    {
        Simulator::Stop(Seconds(until));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_sent.size(), expected.size(), what);
        for (std::size_t i = 0; i < std::min(m_sent.size(), expected.size()); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(m_sent[i], Seconds(expected[i]), what << " " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(m_traced, m_sent.size(), "traced");
        DoTeardown();
        DoSetup();
    }

    /**
     * @brief Something else is sent on the flow.
     * @param when when, in seconds
     */
    void SendAt(double when)
    {
        Simulator::Schedule(Seconds(when), &NatKeepalive::NotifySent, m_keepalive);
    }

    Ptr<NatKeepalive> m_keepalive; //!< what is tested
    std::vector<Time> m_sent;      //!< when keepalives were sent
    std::size_t m_traced{0};       //!< how many were traced

  private:
    /**
     * @brief A keepalive is sent.
     * @param packet the keepalive
     */
    void Sent(Ptr<Packet> packet)
    {
        uint8_t octet = 0;
        packet->CopyData(&octet, 1);
        NS_TEST_EXPECT_MSG_EQ(packet->GetSize(), 1, "one octet");
        NS_TEST_EXPECT_MSG_EQ(octet, 0xFF, "0xFF");
        m_sent.push_back(Simulator::Now());
        m_keepalive->NotifySent(); // as a port tells that tells of all it sends
    }

    /**
     * @brief A keepalive was traced.
     * @param packet the keepalive
     */
    void Traced(Ptr<const Packet> packet)
    {
        m_traced += NatKeepalive::IsKeepalive(packet) ? 1 : 0;
    }
};

/// Behaviours 1 and 4.
class IntervalTestCase : public NatKeepaliveTestCase
{
  public:
    IntervalTestCase()
        : NatKeepaliveTestCase("An octet each interval, between start and stop")
    {
    }

  private:
    void DoRun() override
    {
        m_keepalive->Start();
        Expect(70, {20, 40, 60}, "default");
        m_keepalive->SetAttribute("Interval", TimeValue(Seconds(5)));
        m_keepalive->Start();
        Expect(16, {5, 10, 15}, "shortest");
        for (const double wrong : {4.999, 3600.001, 0.0})
        {
            NS_TEST_EXPECT_MSG_EQ(
                m_keepalive->SetAttributeFailSafe("Interval", TimeValue(Seconds(wrong))),
                false,
                wrong);
        }
        NS_TEST_EXPECT_MSG_EQ(
            m_keepalive->SetAttributeFailSafe("Interval", TimeValue(Seconds(3600))),
            true,
            "longest");
        Expect(10000, {}, "not started");

        SendAt(3);
        Expect(100, {}, "not started, and yet something is sent");
        m_keepalive->Start();
        Simulator::Schedule(Seconds(10), &NatKeepalive::Start, m_keepalive);
        Simulator::Schedule(Seconds(50), &NatKeepalive::Stop, m_keepalive);
        SendAt(51);
        Simulator::Schedule(Seconds(100), &NatKeepalive::Start, m_keepalive);
        Expect(130, {20, 40, 120}, "started twice, stopped, started");
    }
};

/// Behaviour 2.
class SuppressTestCase : public NatKeepaliveTestCase
{
  public:
    SuppressTestCase()
        : NatKeepaliveTestCase("Anything sent counts")
    {
    }

  private:
    void DoRun() override
    {
        m_keepalive->Start();
        for (const double when : {1.0, 15.0, 34.0, 53.5})
        {
            SendAt(when);
        }
        Expect(95, {73.5, 93.5}, "from the last one");
        SendAt(20);
        m_keepalive->Start();
        SendAt(40);
        Expect(70, {60}, "in the very instant, scheduled before and behind it");
    }
};

/// Behaviour 3.
class WholeSecondsTestCase : public NatKeepaliveTestCase
{
  public:
    WholeSecondsTestCase()
        : NatKeepaliveTestCase("A clock in whole seconds")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            double start;                 //!< when it starts
            std::vector<double> others;   //!< when other things are sent
            std::vector<double> expected; //!< when keepalives are sent
        };

        for (const Row& row : std::vector<Row>{
                 {0, {}, {20, 40, 60}},
                 {0.5, {}, {20.5, 40.5, 60.5}},
                 {0.5, {1.9}, {21.5, 41.5, 61.5}}, // 0.4 s early: 19.6 s of silence
                 {0.9, {1.0}, {21.9, 41.9, 61.9}}, // 0.9 s late
                 {0, {20}, {40, 60}},              // in the very instant, before it
             })
        {
            m_keepalive->SetAttribute("WholeSeconds", BooleanValue(true));
            for (const double when : row.others)
            {
                SendAt(when);
            }
            Simulator::Schedule(Seconds(row.start), &NatKeepalive::Start, m_keepalive);
            Expect(70, row.expected, "whole seconds from " + std::to_string(row.start));
        }
        m_keepalive->SetAttribute("WholeSeconds", BooleanValue(true));
        m_keepalive->Start();
        Simulator::Schedule(Seconds(30), &NatKeepalive::Stop, m_keepalive);
        Expect(100, {20}, "stopped");
    }
};

/// Behaviours 4 and 5.
class PartTestCase : public NatKeepaliveTestCase
{
  public:
    PartTestCase()
        : NatKeepaliveTestCase("A crash and a stall")
    {
    }

  private:
    /**
     * @brief Stall.
     * @param when from when, in seconds
     * @param end until when, in seconds
     */
    void StallAt(double when, double end)
    {
        Simulator::Schedule(Seconds(when),
                            &NatKeepalive::SetControlPlaneStalled,
                            m_keepalive,
                            true);
        Simulator::Schedule(Seconds(end),
                            &NatKeepalive::SetControlPlaneStalled,
                            m_keepalive,
                            false);
    }

    /**
     * @brief Crash.
     * @param when from when, in seconds
     * @param end until when, in seconds
     */
    void CrashAt(double when, double end)
    {
        Simulator::Schedule(Seconds(when), &NatKeepalive::SetPowered, m_keepalive, false);
        Simulator::Schedule(Seconds(end), &NatKeepalive::SetPowered, m_keepalive, true);
    }

    void DoRun() override
    {
        for (const bool wholeSeconds : {false, true})
        {
            const auto begin = [this, wholeSeconds]() {
                m_keepalive->SetAttribute("WholeSeconds", BooleanValue(wholeSeconds));
                m_keepalive->Start();
            };
            begin();
            CrashAt(30, 90);
            Expect(120, {20, 110}, "crash");
            begin();
            Simulator::Schedule(Seconds(10), &NatKeepalive::SetPowered, m_keepalive, true);
            Expect(30, {20}, "power that was there already");
            begin();
            StallAt(30, 35);
            Expect(70, {20, 40, 60}, "stall between two");
            begin();
            StallAt(30, 95);
            Expect(120, {20, 95, 115}, "stall over three");
            begin();
            StallAt(30, 1000);
            CrashAt(50, 90);
            Expect(120, {20, 110}, "a boot ends a stall");
            begin();
            StallAt(30, 95);
            Simulator::Schedule(Seconds(70), &NatKeepalive::Stop, m_keepalive);
            Expect(120, {20}, "stopped in a stall");
        }
        for (const bool wholeSeconds : {false, true})
        {
            m_keepalive->SetAttribute("WholeSeconds", BooleanValue(wholeSeconds));
            m_keepalive->Start();
            StallAt(30, 55);
            SendAt(45);
            Expect(90, {20, 65, 85}, "the data plane sends in a stall");
        }
    }
};

/// Behaviours 6 and 7.
class OctetTestCase : public NatKeepaliveTestCase
{
  public:
    OctetTestCase()
        : NatKeepaliveTestCase("What a keepalive is, and one without a flow")
    {
    }

  private:
    void DoRun() override
    {
        const auto is = [](const std::vector<uint8_t>& bytes) {
            return NatKeepalive::IsKeepalive(
                Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())));
        };
        NS_TEST_EXPECT_MSG_EQ(is({0xFF}), true, "the octet");
        NS_TEST_EXPECT_MSG_EQ(is({0xFE}), false, "another one");
        NS_TEST_EXPECT_MSG_EQ(is({}), false, "none");
        NS_TEST_EXPECT_MSG_EQ(is({0xFF, 0xFF}), false, "two");
        NS_TEST_EXPECT_MSG_EQ(is({0, 0, 0, 0, 0xFF}), false, "behind a marker");

        m_keepalive->SetSend(MakeNullCallback<void, Ptr<Packet>>());
        m_keepalive->Start();
        Simulator::Stop(Seconds(50));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_traced, 2, "nobody sends them");
        m_keepalive->Dispose();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Seconds(60), "nothing but an empty event is left");
        NS_TEST_EXPECT_MSG_EQ(m_traced, 2, "disposed");
    }
};

/// NAT keepalives.
class NatKeepaliveTestSuite : public TestSuite
{
  public:
    NatKeepaliveTestSuite()
        : TestSuite("keepalive-nat-keepalive")
    {
        AddTestCase(new IntervalTestCase);
        AddTestCase(new SuppressTestCase);
        AddTestCase(new WholeSecondsTestCase);
        AddTestCase(new PartTestCase);
        AddTestCase(new OctetTestCase);
    }
};

NatKeepaliveTestSuite g_natKeepaliveTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
