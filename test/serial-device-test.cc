/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/boolean.h"
#include "ns3/data-rate.h"
#include "ns3/detection-event.h"
#include "ns3/double.h"
#include "ns3/drop-tail-queue.h"
#include "ns3/error-model.h"
#include "ns3/failure-helper.h"
#include "ns3/frame-check-sequence.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/serial-helper.h"
#include "ns3/serial-net-device.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <cmath>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The serial line: two bare ends A and B whose frames are the packets themselves.
 *
 * Unless a case says otherwise, 8 kb/s and 1 s of delay; a packet of 97 bytes takes 0.1 s with its
 * frame check sequence and a flag.
 *
 * Behaviours of the clock:
 *  1. transmission time: bytes, frame check sequence of 0, 16 or 32 bits, one flag, at any rate
 *  2. bit stuffing counts what it inserts, into the frame check sequence as well
 *  3. frames follow each other without a gap, in order, whether they waited or not
 *  4. a new data rate holds from the next frame on
 *
 * Behaviours of the queue:
 *  5. any limit, in packets or bytes; what finds no room is dropped as QUEUE_FULL
 *  6. control frames wait their turn, or go first with ControlPriority; none is sent into a frame
 *  7. with traffic control above, the queue disc stops and is woken: nothing is dropped here;
 *     without flow control it is
 *  8. packets above the MTU, of a protocol not carried, or on an interface that is shut or without
 *     carrier are refused, each with its reason
 *
 * Behaviours of the wire:
 *  9. each wire has a delay of its own; a step down lets no frame overtake another
 * 10. bit errors: a frame of n bits is hit with probability 1 - (1 - p)^n; it arrives as BAD_FCS
 * 11. another error model, of one direction
 * 12. cuts: both ways, one way, in the middle of a frame; what is in flight is lost or delivered
 * 13. an interface shut, or a node that crashes, in the middle of a frame: the frame breaks off,
 * the queue is emptied, and what is sent next neither waits for it nor suffers, at any instant
 * 14. nobody at the other end
 *
 * Behaviours of the carrier:
 * 15. CutCarrier takes both ends down at once, and they come back together
 * 16. DTR is the other end's carrier if so configured, from the beginning, and otherwise not
 * 17. a plug at either end, or both: that end hears itself, nobody else does, carriers stay
 * 18. a carrier that changes while a plug is in reaches the right end
 *
 * Behaviours of the observer:
 * 19. each trace fires when it should, and then only
 * 20. InterfaceCounters add up, whatever happens
 * 21. captures: link type 104, with and without frame check sequence
 *
 * Behaviours with real stacks above, on HdlcNetDevice:
 * 22. UDP over IPv4 and IPv6
 * 23. Ipv4LineBinder follows
 *
 * Behaviours of listeners:
 * 24. who hears of a frame, or of the line coming up, may shut the interface: the frame breaks off,
 * and nothing of the protocol runs
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr int64_t STREAM = 11000; //!< streams of this file; each case uses those from here on

constexpr uint16_t CARRIED = 0x0800;     //!< the protocol that a PuppetDevice carries
constexpr uint16_t NOT_CARRIED = 0x0806; //!< one that it does not

/// An interface without any protocol: its frames are the packets.
class PuppetDevice : public SerialNetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::keepalive::tests::PuppetDevice")
                                .SetParent<SerialNetDevice>()
                                .SetGroupName("Keepalive")
                                .AddConstructor<PuppetDevice>();
        return tid;
    }

    PuppetDevice()
        : SerialNetDevice("puppet")
    {
    }

    /**
     * @brief Send a frame of the interface's own.
     * @param frame the frame
     */
    void Control(Ptr<Packet> frame)
    {
        SendControlFrame(frame);
    }

  private:
    std::optional<DropReason> Encapsulate(Ptr<Packet>, uint16_t protocolNumber) override
    {
        if (protocolNumber != CARRIED)
        {
            return DropReason::UNSUPPORTED_PROTOCOL;
        }
        return std::nullopt;
    }

    void ReceiveFrame(Ptr<Packet> frame) override
    {
        Deliver(frame, frame->GetSize(), CARRIED);
    }

    void SendProbe() override
    {
        m_probes++;
    }

  public:
    uint32_t m_probes{0}; //!< how often a keepalive was due
};

NS_OBJECT_ENSURE_REGISTERED(PuppetDevice);

/**
 * @brief Time in milliseconds, as the records of this file have it.
 * @return now
 */
std::string
Milliseconds()
{
    return std::to_string(Simulator::Now().GetMilliSeconds());
}

/// A test case with a line between two bare nodes, and records of what happens.
class LineTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit LineTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_nodes = NodeContainer(2);
        m_line = CreateObject<SerialChannel>();
        m_line->SetAttribute("Delay", TimeValue(Seconds(1)));
        for (const uint32_t end : {0U, 1U})
        {
            m_ends[end] = CreateObject<PuppetDevice>();
            m_ends[end]->SetAttribute("DataRate", StringValue("8kb/s"));
            m_nodes.Get(end)->AddDevice(m_ends[end]);
        }
        Connect();
        m_arrived.clear();
        m_drops.clear();
        m_events.clear();
        m_traces.clear();
        m_lost = 0;
        m_lastArrival = Time(0);
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
        m_nodes = NodeContainer();
        m_line = nullptr;
        m_ends[0] = nullptr;
        m_ends[1] = nullptr;
    }

    /// Attach the ends, and listen.
    virtual void Connect()
    {
        for (const uint32_t end : {0U, 1U})
        {
            const std::string name = end == 0 ? "a" : "b";
            m_ends[end]->Attach(m_line);
            m_ends[end]->SetReceiveCallback(MakeCallback(&LineTestCase::Receive, this));
            m_ends[end]->TraceConnectWithoutContext(
                "Drop",
                MakeBoundCallback(&LineTestCase::TakeDrop, this, name));
            m_ends[end]->TraceConnectWithoutContext(
                "LineProtocol",
                MakeBoundCallback(&LineTestCase::TakeEvent, this, name));
        }
        for (const auto& end : m_ends)
        {
            m_line->GetWireFrom(end)->TraceConnectWithoutContext(
                "Drop",
                MakeCallback(&LineTestCase::TakeLoss, this));
        }
    }

    /**
     * @brief Send a packet later.
     * @param at when, seconds
     * @param from which end
     * @param size bytes
     * @param protocol its EtherType
     */
    void SendAt(double at, uint32_t from = 0, uint32_t size = 97, uint16_t protocol = CARRIED)
    {
        Simulator::ScheduleWithContext(m_nodes.Get(from)->GetId(),
                                       Seconds(at),
                                       &LineTestCase::Send,
                                       this,
                                       from,
                                       size,
                                       protocol);
    }

    /**
     * @brief Send a control frame later.
     * @param at when, seconds
     * @param size bytes
     */
    void ControlAt(double at, uint32_t size)
    {
        Simulator::ScheduleWithContext(m_nodes.Get(0)->GetId(),
                                       Seconds(at),
                                       &PuppetDevice::Control,
                                       m_ends[0],
                                       Create<Packet>(size));
    }

    /**
     * @brief Shut or enable an end later.
     * @param at when, seconds
     * @param end which
     * @param up true to enable it
     */
    void AdminAt(double at, uint32_t end, bool up)
    {
        Simulator::Schedule(Seconds(at), &PuppetDevice::SetAdminUp, m_ends[end], up);
    }

    /**
     * @brief Make a target fail for a while.
     * @param target the target
     * @param at when, seconds
     * @param end when it is repaired, seconds; 0 for never
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
        Ptr<LinkCut> cut = FailureHelper::CutLink(m_ends[0], m_ends[1], "line");
        cut->SetInFlight(inFlight);
        return cut;
    }

    /**
     * @brief Run, and compare what arrived.
     * @param expected milliseconds, receiving end and size of each packet, of 97 bytes without
     * @param lost frames lost on the wire
     * @param drops see m_drops
     */
    void ExpectArrivals(const std::string& expected, uint32_t lost, const std::string& drops = "")
    {
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrived, expected, "what arrived when and where");
        NS_TEST_EXPECT_MSG_EQ(m_lost, lost, "frames lost on the wire");
        NS_TEST_EXPECT_MSG_EQ(m_drops, drops, "what was dropped when, where and why");
        uint64_t counted = 0;
        for (const auto& end : m_ends)
        {
            counted += m_line->GetWireFrom(end)->GetLostFrames();
        }
        NS_TEST_EXPECT_MSG_EQ(counted, lost, "frames lost, as counted");
    }

    NodeContainer m_nodes;       //!< A and B
    Ptr<SerialChannel> m_line;   //!< between them
    Ptr<PuppetDevice> m_ends[2]; //!< at A and at B
    std::string m_arrived;       //!< when packets arrived, and where
    std::string m_drops;         //!< when frames were dropped, where and why
    std::string m_events;        //!< line protocol
    std::string m_traces;        //!< for cases that record more
    uint32_t m_lost{0};          //!< frames lost on the wire
    Time m_lastArrival;          //!< when the last packet arrived

  private:
    /**
     * @brief Send a packet.
     * @param from which end
     * @param size bytes
     * @param protocol its EtherType
     */
    void Send(uint32_t from, uint32_t size, uint16_t protocol)
    {
        m_ends[from]->Send(Create<Packet>(size), Mac48Address::GetBroadcast(), protocol);
    }

    /**
     * @brief A packet arrived.
     * @param device where
     * @param packet the packet
     * @return true, for it is taken
     */
    bool Receive(Ptr<NetDevice> device, Ptr<const Packet> packet, uint16_t, const Address&)
    {
        m_lastArrival = Simulator::Now();
        const bool atB = device == m_ends[1];
        NS_TEST_EXPECT_MSG_EQ(Simulator::GetContext(), m_nodes.Get(atB)->GetId(), "context");
        m_arrived += Milliseconds() + (atB ? "b" : "a");
        if (packet->GetSize() != 97)
        {
            m_arrived += std::to_string(packet->GetSize());
        }
        m_arrived += " ";
        return true;
    }

    // trace sinks
    static void TakeDrop(LineTestCase* test, std::string name, Ptr<const Packet>, DropReason reason)
    {
        test->m_drops += Milliseconds() + name + " " + ToString(reason) + ", ";
    }

    static void TakeEvent(LineTestCase* test, std::string name, const DetectionEvent& event)
    {
        test->m_events +=
            Milliseconds() + name + (event.up ? " up " : " down ") + ToString(event.cause) + ", ";
    }

    void TakeLoss(Ptr<const Packet>, DropReason reason)
    {
        NS_TEST_EXPECT_MSG_EQ((reason == DropReason::WIRE_CUT), true, "reason");
        m_lost++;
    }
};

// ---- clock ----

/// Behaviours 1 and 4.
class TransmissionTimeTestCase : public LineTestCase
{
  public:
    TransmissionTimeTestCase()
        : LineTestCase("Transmission time: bytes, frame check sequence and flag, at any rate")
    {
    }

  private:
    void DoRun() override
    {
        m_line->SetAttribute("Delay", TimeValue(Seconds(0)));
        const std::vector<std::pair<std::string, uint64_t>> sequences = {{"None", 8},
                                                                         {"Fcs16", 24},
                                                                         {"Fcs32", 40}};
        for (const uint64_t rate : {1200, 9600, 56000, 64000, 1544000, 2000000})
        {
            m_ends[0]->SetAttribute("DataRate", DataRateValue(DataRate(rate)));
            for (const auto& sequence : sequences)
            {
                m_ends[0]->SetAttribute("Fcs", StringValue(sequence.first));
                for (const uint32_t size : {1U, 22U, 24U, 1500U})
                {
                    const uint64_t bits = size * 8 + sequence.second;
                    NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetBitsOnLine(Create<Packet>(size)),
                                          bits,
                                          "bits");
                    const Time begin = Simulator::Now();
                    SendAt(0, 0, size);
                    Simulator::Run();
                    const int64_t expected = (bits * 1000000000 + rate / 2) / rate;
                    NS_TEST_EXPECT_MSG_EQ_TOL((m_lastArrival - begin).GetNanoSeconds(),
                                              expected,
                                              1,
                                              size << " bytes at " << rate << " bit/s, "
                                                   << sequence.first);
                }
            }
        }
    }
};

/// Behaviour 2.
class BitStuffingTestCase : public LineTestCase
{
  public:
    BitStuffingTestCase()
        : LineTestCase("Bit stuffing counts what it inserts")
    {
    }

  private:
    /**
     * @brief Send a frame, and compare its time.
     * @param bytes its bytes
     * @param fcs its frame check sequence
     * @param inserted bits that stuffing inserts into both
     */
    void Check(const std::vector<uint8_t>& bytes, FcsType fcs, uint32_t inserted)
    {
        m_ends[0]->SetAttribute("Fcs", StringValue(fcs == FCS_NONE ? "None" : "Fcs16"));
        const uint32_t size = static_cast<uint32_t>(bytes.size());
        const uint32_t bits = 8 * (size + (fcs == FCS_NONE ? 0 : 2) + 1) + inserted;
        Ptr<Packet> frame = Create<Packet>(bytes.data(), size);
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetBitsOnLine(frame), bits, "bits on the line");
        const Time begin = Simulator::Now();
        Simulator::ScheduleWithContext(m_nodes.Get(0)->GetId(),
                                       Seconds(0),
                                       &PuppetDevice::Control,
                                       m_ends[0],
                                       frame);
        Simulator::Run();
        // 1 bit takes 1/8 ms, and the delay is 1 s.
        NS_TEST_EXPECT_MSG_EQ(m_lastArrival - begin, MicroSeconds(bits * 125 + 1000000), "time");
    }

    /**
     * @brief Count inserted bits in the slowest way.
     * @param bytes what is sent
     * @return how many
     */
    static uint32_t Count(const std::vector<uint8_t>& bytes)
    {
        std::string bits;
        for (const uint8_t byte : bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bits += ((byte >> bit) & 1) != 0 ? '1' : '0';
            }
        }
        uint32_t inserted = 0;
        for (std::size_t at = bits.find("11111"); at != std::string::npos;
             at = bits.find("11111", at + 6))
        {
            bits.insert(at + 5, "0");
            inserted++;
        }
        return inserted;
    }

    void DoRun() override
    {
        Check(std::vector<uint8_t>(10, 0xff), FCS_NONE, 0); // not asked for
        m_ends[0]->SetAttribute("BitStuffing", BooleanValue(true));
        Check(std::vector<uint8_t>(10, 0xff), FCS_NONE, 16);
        Check(std::vector<uint8_t>(10, 0x00), FCS_NONE, 0);
        // The captured keepalive: 208 bits with its FCS 0x38b2, and 3 are inserted.
        const std::vector<uint8_t> keepalive = {0x8f, 0x00, 0x80, 0x35, 0,    0,    0, 2,
                                                0,    0,    0,    5,    0,    0,    0, 2,
                                                0xff, 0xff, 0x00, 0x78, 0xf0, 0xa2, 0, 0};
        Check(keepalive, FCS_16, 3);
        Ptr<UniformRandomVariable> random = CreateObject<UniformRandomVariable>();
        random->SetStream(STREAM);
        for (int round = 0; round < 50; round++)
        {
            std::vector<uint8_t> bytes(1 + random->GetInteger(0, 199));
            for (auto& byte : bytes)
            {
                byte = static_cast<uint8_t>(random->GetInteger(0, 255));
            }
            std::vector<uint8_t> sent = bytes;
            const uint32_t fcs = ComputeFcs(FCS_16, bytes.data(), bytes.size());
            sent.push_back(fcs & 0xff);
            sent.push_back(fcs >> 8);
            Check(bytes, FCS_16, Count(sent));
        }
    }
};

/// Behaviour 3.
class OrderTestCase : public LineTestCase
{
  public:
    OrderTestCase()
        : LineTestCase("Frames follow each other without a gap, in order")
    {
    }

  private:
    void DoRun() override
    {
        SendAt(0);
        SendAt(0, 0, 197); // 0.2 s
        SendAt(0, 0, 47);  // 0.05 s
        SendAt(0.32);      // waits until 0.35
        SendAt(0.45);      // comes just as the line becomes free
        SendAt(0.551);     // finds the line free
        SendAt(0, 1);      // the other direction does not matter
        ExpectArrivals("1100b 1100a 1300b197 1350b47 1450b 1550b 1651b ", 0);
    }
};

/// Behaviour 4.
class NewRateTestCase : public LineTestCase
{
  public:
    NewRateTestCase()
        : LineTestCase("A new data rate holds from the next frame on")
    {
    }

  private:
    void DoRun() override
    {
        SendAt(0);
        SendAt(0);
        Simulator::Schedule(Seconds(0.05),
                            &SerialNetDevice::SetDataRate,
                            m_ends[0],
                            DataRate(16000));
        ExpectArrivals("1100b 1150b ", 0);
    }
};

// ---- queue ----

/// Behaviour 5.
class QueueTestCase : public LineTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param size limit
     * @param arrived of six packets sent at once
     * @param drops the others
     */
    QueueTestCase(const std::string& size, const std::string& arrived, const std::string& drops)
        : LineTestCase("Queue of " + size),
          m_size(size),
          m_expected(arrived),
          m_expectedDrops(drops)
    {
    }

  private:
    void DoRun() override
    {
        Ptr<DropTailQueue<Packet>> queue = CreateObject<DropTailQueue<Packet>>();
        queue->SetAttribute("MaxSize", StringValue(m_size));
        m_ends[0]->SetQueue(queue);
        NS_TEST_EXPECT_MSG_EQ((m_ends[0]->GetQueue() == queue), true, "the queue");
        for (int i = 0; i < 6; i++)
        {
            SendAt(0);
        }
        ExpectArrivals(m_expected, 0, m_expectedDrops);
        NS_TEST_EXPECT_MSG_EQ(queue->GetTotalReceivedPackets() +
                                  queue->GetTotalDroppedPacketsBeforeEnqueue(),
                              6,
                              "every packet passes through it");
    }

    std::string m_size;          //!< limit
    std::string m_expected;      //!< what arrives
    std::string m_expectedDrops; //!< what does not
};

/// Behaviour 6.
class ControlTestCase : public LineTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param priority the attribute
     * @param arrived what arrives when
     */
    ControlTestCase(bool priority, const std::string& arrived)
        : LineTestCase(priority ? "Control frames go first with ControlPriority"
                                : "Control frames wait their turn"),
          m_priority(priority),
          m_expected(arrived)
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetAttribute("ControlPriority", BooleanValue(m_priority));
        SendAt(0);
        SendAt(0);
        SendAt(0);
        ControlAt(0.02, 47); // 0.05 s
        ControlAt(0.02, 48);
        ControlAt(3, 47); // onto an idle line
        ControlAt(3.01, 47);
        ExpectArrivals(m_expected, 0);
    }

    bool m_priority;        //!< the attribute
    std::string m_expected; //!< what arrives when
};

/// Behaviour 8.
class RefusalTestCase : public LineTestCase
{
  public:
    RefusalTestCase()
        : LineTestCase("What cannot be sent is refused, each with its reason")
    {
    }

  private:
    void DoRun() override
    {
        m_ends[0]->SetMtu(200);
        SendAt(1, 0, 200);
        SendAt(2, 0, 201);
        SendAt(3, 0, 97, NOT_CARRIED);
        AdminAt(4, 0, false);
        SendAt(5);
        SendAt(5, 1); // arrives at an interface that is shut
        AdminAt(7, 0, true);
        FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "line"), 8, 10);
        SendAt(9);
        SendAt(11);
        ExpectArrivals("2203b200 12100b ",
                       0,
                       "2000a too-big, 3000a unsupported-protocol, 5000a admin-down, "
                       "6100a admin-down, 9000a no-carrier, ");
    }
};

// ---- wire ----

/// Behaviour 9.
class DelayTestCase : public LineTestCase
{
  public:
    DelayTestCase()
        : LineTestCase("Each wire has its delay, and a step down lets no frame overtake another")
    {
    }

  private:
    void DoRun() override
    {
        m_line->GetWireFrom(m_ends[1])->SetAttribute("Delay", TimeValue(Seconds(0.25)));
        TimeValue delay;
        m_line->GetWireTo(m_ends[1])->GetAttribute("Delay", delay);
        NS_TEST_EXPECT_MSG_EQ(delay.Get(), Seconds(1), "the other wire");
        FailAt(FailureHelper::StepDelay(m_ends[0], Seconds(0.1), "line"), 5, 10);
        SendAt(1);
        SendAt(1, 1);
        SendAt(4.85); // arrives at 5.95
        SendAt(4.95); // its delay is that of its start: 6.05
        SendAt(5.05); // would arrive at 5.25, but follows
        SendAt(7);
        SendAt(9.95);
        SendAt(10.05); // slow again
        ExpectArrivals("1350a 2100b 5950b 6050b 6050b 7200b 10150b 11150b ", 0);
    }
};

/// Behaviour 10.
class BitErrorTestCase : public LineTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param rate errors per bit
     * @param size bytes of a packet
     */
    BitErrorTestCase(double rate, uint32_t size)
        : LineTestCase("Bit errors: rate " + std::to_string(rate) + ", " + std::to_string(size) +
                       " bytes"),
          m_rate(rate),
          m_size(size)
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t N = 20000;
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
        m_line->SetAttribute("BitErrorRate", DoubleValue(m_rate));
        NS_TEST_EXPECT_MSG_EQ(m_line->AssignStreams(STREAM), 2, "streams");
        m_ends[0]->SetAttribute("DataRate", StringValue("2Mb/s"));
        for (uint32_t i = 0; i < N; i++)
        {
            SendAt(i * 0.01, 0, m_size);
        }
        Simulator::Run();
        const InterfaceCounters& counters = m_ends[1]->GetCounters();
        NS_TEST_EXPECT_MSG_EQ(counters.rxPackets + counters.rxDrops, N, "all arrive");
        NS_TEST_EXPECT_MSG_EQ(counters.rxDrops, m_ends[1]->GetFcsErrors(), "all for their FCS");
        NS_TEST_EXPECT_MSG_EQ(
            (counters.rxDrops > 0 && m_drops.find("b bad-fcs") != std::string::npos),
            true,
            "reason");
        NS_TEST_EXPECT_MSG_EQ(m_lost, 0, "none is lost on the way");
        const double expected = 1 - std::pow(1 - m_rate, 8.0 * (m_size + 3));
        const double deviation = std::sqrt(N * expected * (1 - expected));
        // A normal variable is within 3.29 standard deviations but once in a thousand times.
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(counters.rxDrops),
                                  N * expected,
                                  3.29 * deviation,
                                  "frames hit");
    }

    double m_rate;   //!< errors per bit
    uint32_t m_size; //!< bytes of a packet
};

/// Behaviour 11.
class ErrorModelTestCase : public LineTestCase
{
  public:
    ErrorModelTestCase()
        : LineTestCase("Another error model corrupts frames of one direction")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<ReceiveListErrorModel> second = CreateObject<ReceiveListErrorModel>();
        second->SetList({1});
        FailureHelper::SetLoss(m_ends[1], second);
        for (const double at : {1.0, 2.0, 3.0})
        {
            SendAt(at, 0);
            SendAt(at, 1);
        }
        ExpectArrivals("2100b 2100a 3100a 4100b 4100a ", 0, "3100b bad-fcs, ");
        NS_TEST_EXPECT_MSG_EQ(m_ends[1]->GetFcsErrors(), 1, "counted");
    }
};

/// Behaviour 12.
class CutTestCase : public LineTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param inFlight what becomes of frames in flight
     * @param arrived what arrives when
     * @param lost how many are lost
     */
    CutTestCase(LinkCut::InFlight inFlight, const std::string& arrived, uint32_t lost)
        : LineTestCase(inFlight == LinkCut::InFlight::LOST
                           ? "A cut at the receiver takes what is on the wire"
                           : "A cut at the sender takes what has not left as a whole"),
          m_inFlight(inFlight),
          m_expected(arrived),
          m_expectedLost(lost)
    {
    }

  private:
    void DoRun() override
    {
        FailAt(MakeCut(m_inFlight), 1.5, 5);
        SendAt(0.3);     // arrives at 1.4
        SendAt(0.5);     // in flight
        SendAt(0.5, 1);  // in flight
        SendAt(1.45);    // half of it has left
        SendAt(1.45, 1); // as well
        SendAt(2);       // sent into the cut
        SendAt(4.95);    // begun before the repair
        SendAt(5.05);    // after it
        SendAt(5.05, 1);
        ExpectArrivals(m_expected, m_expectedLost);
    }

    LinkCut::InFlight m_inFlight; //!< what becomes of frames in flight
    std::string m_expected;       //!< what arrives when
    uint32_t m_expectedLost;      //!< how many are lost
};

/// Behaviour 12, one way.
class OneWayCutTestCase : public LineTestCase
{
  public:
    OneWayCutTestCase()
        : LineTestCase("A one-way cut leaves the other direction alone")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(FailureHelper::CutOneWay(m_ends[0], m_ends[1], "line"), 1, 10);
        FailAt(MakeCut(LinkCut::InFlight::LOST), 5, 8); // overlaps
        for (const double at : {2.0, 6.0, 8.5, 11.0})
        {
            SendAt(at, 0);
            SendAt(at, 1);
        }
        ExpectArrivals("3100a 9600a 12100b 12100a ", 4);
    }
};

/// Behaviour 13.
class BreakOffTestCase : public LineTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param crash a crash, else a shutdown
     */
    explicit BreakOffTestCase(bool crash)
        : LineTestCase(crash ? "Crash in the middle of a frame"
                             : "shutdown in the middle of a frame"),
          m_crash(crash)
    {
    }

  private:
    void DoRun() override
    {
        Ptr<FailureTarget> target;
        if (m_crash)
        {
            target = FailureHelper::Crash(m_nodes.Get(0), "A");
        }
        else
        {
            target = FailureHelper::Shutdown(m_ends[0], "A");
        }
        FailAt(target, 5, 5.2);
        SendAt(4.2);           // has arrived
        SendAt(4.8);           // has left
        SendAt(4.95, 0, 1497); // half sent: would arrive at 7.45
        SendAt(4.96);          // waits
        SendAt(4.97);          // waits
        SendAt(5.2);           // does not wait for the end of what broke off
        SendAt(5.2);
        ExpectArrivals("5300b 5900b 6300b 6400b ", 1, "5000a admin-down, 5000a admin-down, ");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().txPackets, 5, "begun");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCounters().txDrops, 2, "not begun");
    }

    bool m_crash; //!< a crash, else a shutdown
};

/// Behaviour 13, at the instants that matter.
class BreakOffInstantTestCase : public LineTestCase
{
  public:
    BreakOffInstantTestCase()
        : LineTestCase("shutdown at the first bit, at the last bit, and for no time at all")
    {
    }

  private:
    void DoRun() override
    {
        SendAt(1); // shut as its first bit is sent
        AdminAt(1, 0, false);
        AdminAt(1.5, 0, true);
        SendAt(5); // shut just after its last bit was sent
        AdminAt(5.1, 0, false);
        AdminAt(5.5, 0, true);
        SendAt(10); // breaks off; the next one begins at the same instant
        AdminAt(10.05, 0, false);
        AdminAt(10.05, 0, true);
        SendAt(10.05);
        ExpectArrivals("6100b 11150b ", 2);
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "1000a down admin-shutdown, 1500a up admin-enabled, "
                              "5100a down admin-shutdown, 5500a up admin-enabled, "
                              "10050a down admin-shutdown, 10050a up admin-enabled, ",
                              "changes");
    }
};

/// Behaviour 24.
class ListenerTestCase : public LineTestCase
{
  public:
    ListenerTestCase()
        : LineTestCase("Who hears of a frame or of the line coming up may shut the interface")
    {
    }

  private:
    // trace sinks
    void HearFrame(Ptr<const Packet>)
    {
        m_ends[0]->SetAdminUp(false);
    }

    void HearLine(const DetectionEvent& event)
    {
        if (event.up)
        {
            m_ends[0]->SetAdminUp(false);
        }
    }

    /// Start the keepalives over.
    void Configure()
    {
        m_ends[0]->SetKeepalive(Seconds(1), 5);
    }

    /**
     * @brief Run, and see that no keepalive is due.
     * @param end seconds
     */
    void ExpectNoProbes(double end)
    {
        const uint32_t before = m_ends[0]->m_probes;
        Simulator::Stop(Seconds(end) - Simulator::Now());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->m_probes, before, "keepalives that were due");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->IsLineUp(), false, "line protocol");
    }

    void DoRun() override
    {
        const auto frame = MakeCallback(&ListenerTestCase::HearFrame, this);
        m_ends[0]->TraceConnectWithoutContext("PhyTxBegin", frame);
        SendAt(1);
        Simulator::Stop(Seconds(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrived, "", "the frame broke off");
        NS_TEST_EXPECT_MSG_EQ(m_lost, 1, "on the wire");
        m_ends[0]->TraceDisconnectWithoutContext("PhyTxBegin", frame);

        m_ends[0]->SetKeepalive(Seconds(1), 2);
        m_ends[0]->TraceConnectWithoutContext("LineProtocol",
                                              MakeCallback(&ListenerTestCase::HearLine, this));
        AdminAt(1, 0, true); // in a second
        ExpectNoProbes(20);

        m_ends[0]->TraceDisconnectWithoutContext("LineProtocol",
                                                 MakeCallback(&ListenerTestCase::HearLine, this));
        m_ends[0]->SetAdminUp(true);
        Simulator::Stop(Seconds(9.5)); // nobody answers: the line goes down
        Simulator::Run();
        m_ends[0]->TraceConnectWithoutContext("LineProtocol",
                                              MakeCallback(&ListenerTestCase::HearLine, this));
        Simulator::ScheduleNow(&ListenerTestCase::Configure, this);
        ExpectNoProbes(50);
    }
};

/// Behaviour 14.
class NobodyTestCase : public LineTestCase
{
  public:
    NobodyTestCase()
        : LineTestCase("Nobody at the other end")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<Node> node = CreateObject<Node>();
        Ptr<SerialChannel> line = CreateObject<SerialChannel>();
        Ptr<PuppetDevice> alone = CreateObject<PuppetDevice>();
        node->AddDevice(alone);
        alone->Attach(line);
        Simulator::ScheduleWithContext(node->GetId(),
                                       Seconds(1),
                                       &PuppetDevice::Control,
                                       alone,
                                       Create<Packet>(10));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(alone->GetCounters().txPackets, 1, "it talks");
        NS_TEST_EXPECT_MSG_EQ(line->GetWireFrom(alone)->GetLostFrames(), 1, "to nobody");
    }
};

// ---- carrier ----

/// Behaviour 15.
class CarrierTestCase : public LineTestCase
{
  public:
    CarrierTestCase()
        : LineTestCase("CutCarrier takes both ends down at once, and they come back together")
    {
    }

  private:
    void DoRun() override
    {
        FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "line"), 5, 9);
        FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "once more"), 7, 11);
        SendAt(4.95); // half sent
        SendAt(4.96); // waits
        SendAt(4.2, 1);
        SendAt(12);
        ExpectArrivals("13100b ", 2, "5000a no-carrier, ");
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "5000a down carrier-lost, 5000b down carrier-lost, "
                              "11000a up carrier-restored, 11000b up carrier-restored, ",
                              "changes");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->GetCarrierTransitions(), 2, "transitions");
        NS_TEST_EXPECT_MSG_EQ(m_ends[0]->HasCarrier(), true, "it is back");
    }
};

/// Behaviour 16.
class DtrTestCase : public LineTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param drives the attribute DtrDrivesCarrier
     * @param expected changes
     */
    DtrTestCase(bool drives, const std::string& expected)
        : LineTestCase(drives ? "DTR is the other end's carrier" : "DTR does not matter"),
          m_drives(drives),
          m_expected(expected)
    {
    }

  private:
    void Connect() override
    {
        m_line->SetAttribute("DtrDrivesCarrier", BooleanValue(m_drives));
        for (const auto& end : m_ends)
        {
            end->SetAdminUp(false); // before it has a line
        }
        LineTestCase::Connect();
        for (const auto& end : m_ends)
        {
            NS_TEST_EXPECT_MSG_EQ(end->HasCarrier(), !m_drives, "from the beginning");
        }
    }

    void DoRun() override
    {
        AdminAt(0.5, 0, true);
        AdminAt(1, 1, true);
        AdminAt(2, 0, false);
        AdminAt(3, 0, true);
        FailAt(FailureHelper::Crash(m_nodes.Get(1), "B"), 4, 5);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_events, m_expected, "changes");
        NS_TEST_EXPECT_MSG_EQ(m_line->GetWireFrom(m_ends[1])->IsDtrAsserted(), true, "DTR");
    }

    bool m_drives;          //!< the attribute
    std::string m_expected; //!< changes
};

/// Behaviour 16, and where it happens.
class DtrContextTestCase : public LineTestCase
{
  public:
    DtrContextTestCase()
        : LineTestCase("What DTR of A does to B happens in the context of B")
    {
    }

  private:
    void DoRun() override
    {
        m_line->SetAttribute("DtrDrivesCarrier", BooleanValue(true));
        m_ends[1]->TraceConnectWithoutContext(
            "Carrier",
            MakeBoundCallback(&DtrContextTestCase::TakeContext, &m_contexts));
        for (const double at : {1.0, 2.0})
        {
            Simulator::ScheduleWithContext(m_nodes.Get(0)->GetId(),
                                           Seconds(at),
                                           &SerialNetDevice::SetAdminUp,
                                           m_ends[0],
                                           at > 1);
        }
        Simulator::Run();
        const std::string b = std::to_string(m_nodes.Get(1)->GetId()) + " ";
        NS_TEST_EXPECT_MSG_EQ(m_contexts, b + b, "contexts");
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "1000a down admin-shutdown, 1000b down carrier-lost, "
                              "2000a up admin-enabled, 2000b up carrier-restored, ",
                              "changes");
    }

    /**
     * @brief Trace sink.
     * @param contexts where to note the context
     */
    static void TakeContext(std::string* contexts, bool)
    {
        *contexts += std::to_string(Simulator::GetContext()) + " ";
    }

    std::string m_contexts; //!< of all changes of B's carrier
};

/// Behaviour 17.
class PlugTestCase : public LineTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param atA plug at A
     * @param atB plug at B
     * @param arrived what arrives when
     * @param lost how many are lost
     */
    PlugTestCase(bool atA, bool atB, const std::string& arrived, uint32_t lost)
        : LineTestCase(atA && atB ? "A plug at both ends"
                       : atA      ? "A plug at A"
                                  : "A plug at B"),
          m_at{atA, atB},
          m_expected(arrived),
          m_expectedLost(lost)
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t end : {0U, 1U})
        {
            if (m_at[end])
            {
                FailAt(FailureHelper::PlugLoopback(m_ends[end], "plug"), 5, 10);
            }
            SendAt(4.5, end);  // in flight
            SendAt(4.95, end); // half sent
            SendAt(6, end);
            SendAt(9.5, end); // in flight
            SendAt(11, end);
        }
        ExpectArrivals(m_expected, m_expectedLost);
        NS_TEST_EXPECT_MSG_EQ(m_events, "", "carriers stay");
    }

    bool m_at[2];            //!< where
    std::string m_expected;  //!< what arrives when
    uint32_t m_expectedLost; //!< how many are lost
};

/// Behaviour 18.
class PlugCarrierTestCase : public LineTestCase
{
  public:
    PlugCarrierTestCase()
        : LineTestCase("A carrier that changes while a plug is in reaches the right end")
    {
    }

  private:
    void DoRun() override
    {
        m_line->SetAttribute("DtrDrivesCarrier", BooleanValue(true));
        FailAt(FailureHelper::PlugLoopback(m_ends[0], "plug"), 5, 10);
        AdminAt(6, 0, false);
        AdminAt(12, 0, true); // after the plug was taken away
        FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "line"), 20, 22);
        FailAt(FailureHelper::PlugLoopback(m_ends[1], "plug"), 19, 21);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_events,
                              "6000b down carrier-lost, 6000a down admin-shutdown, "
                              "12000b up carrier-restored, 12000a up admin-enabled, "
                              "20000a down carrier-lost, 20000b down carrier-lost, "
                              "22000a up carrier-restored, 22000b up carrier-restored, ",
                              "changes");
    }
};

// ---- observer ----

/// Behaviour 19.
class TraceTestCase : public LineTestCase
{
  public:
    TraceTestCase()
        : LineTestCase("Each trace fires when it should, and then only")
    {
    }

  private:
    // trace sink
    static void Take(TraceTestCase* test, std::string name, Ptr<const Packet> packet)
    {
        test->m_traces += Milliseconds() + " " + name + std::to_string(packet->GetSize()) + "\n";
    }

    void DoRun() override
    {
        for (const uint32_t end : {0U, 1U})
        {
            for (const std::string name : {"MacTx",
                                           "MacTxDrop",
                                           "PhyTxBegin",
                                           "PhyTxEnd",
                                           "PhyRxEnd",
                                           "PhyRxDrop",
                                           "MacRx",
                                           "Sniffer",
                                           "PromiscSniffer"})
            {
                m_ends[end]->TraceConnectWithoutContext(
                    name,
                    MakeBoundCallback(&TraceTestCase::Take,
                                      this,
                                      (end == 0 ? "a " : "b ") + name + " "));
            }
        }
        Ptr<DropTailQueue<Packet>> queue = CreateObject<DropTailQueue<Packet>>();
        queue->SetAttribute("MaxSize", StringValue("1p"));
        m_ends[0]->SetQueue(queue);
        Ptr<ReceiveListErrorModel> second = CreateObject<ReceiveListErrorModel>();
        second->SetList({1});
        FailureHelper::SetLoss(m_ends[1], second);

        SendAt(1);                     // arrives
        SendAt(1, 0, 96);              // waits, and arrives with errors
        SendAt(1.01, 0, 95);           // finds no room
        SendAt(2, 0, 94, NOT_CARRIED); // is refused
        ControlAt(4, 93);              // a frame that is no packet of the node's
        SendAt(6, 0, 92);              // breaks off
        AdminAt(6.05, 0, false);
        AdminAt(6.5, 0, true);
        AdminAt(8, 1, false);
        SendAt(9, 0, 91); // arrives at an interface that is shut
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_traces,
                              "1000 a MacTx 97\n"
                              "1000 a PhyTxBegin 97\n"
                              "1000 a PromiscSniffer 97\n"
                              "1000 a Sniffer 97\n"
                              "1000 a MacTx 96\n"
                              "1010 a MacTx 95\n"
                              "1010 a MacTxDrop 95\n"
                              "1100 a PhyTxEnd 97\n"
                              "1100 a PhyTxBegin 96\n"
                              "1100 a PromiscSniffer 96\n"
                              "1100 a Sniffer 96\n"
                              "1199 a PhyTxEnd 96\n"
                              "2000 a MacTxDrop 94\n"
                              "2100 b PhyRxEnd 97\n"
                              "2100 b PromiscSniffer 97\n"
                              "2100 b Sniffer 97\n"
                              "2100 b MacRx 97\n"
                              "2199 b PhyRxDrop 96\n"
                              "4000 a PhyTxBegin 93\n"
                              "4000 a PromiscSniffer 93\n"
                              "4000 a Sniffer 93\n"
                              "4096 a PhyTxEnd 93\n"
                              "5096 b PhyRxEnd 93\n"
                              "5096 b PromiscSniffer 93\n"
                              "5096 b Sniffer 93\n"
                              "5096 b MacRx 93\n"
                              "6000 a MacTx 92\n"
                              "6000 a PhyTxBegin 92\n"
                              "6000 a PromiscSniffer 92\n"
                              "6000 a Sniffer 92\n"
                              "9000 a MacTx 91\n"
                              "9000 a PhyTxBegin 91\n"
                              "9000 a PromiscSniffer 91\n"
                              "9000 a Sniffer 91\n"
                              "9094 a PhyTxEnd 91\n"
                              "10094 b PhyRxDrop 91\n",
                              "traces");
        NS_TEST_EXPECT_MSG_EQ(m_drops,
                              "1010a queue-full, 2000a unsupported-protocol, "
                              "2199b bad-fcs, 10094b admin-down, ",
                              "Drop");
        NS_TEST_EXPECT_MSG_EQ(m_lost, 1, "Drop of the wire");
    }
};

/// Behaviour 20.
class CountersTestCase : public LineTestCase
{
  public:
    CountersTestCase()
        : LineTestCase("Counters add up, whatever happens")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<UniformRandomVariable> random = CreateObject<UniformRandomVariable>();
        random->SetStream(STREAM);
        m_line->SetAttribute("BitErrorRate", DoubleValue(1e-4));
        m_line->AssignStreams(STREAM + 1);
        uint64_t sent[2] = {0, 0};
        for (const uint32_t end : {0U, 1U})
        {
            Ptr<DropTailQueue<Packet>> queue = CreateObject<DropTailQueue<Packet>>();
            queue->SetAttribute("MaxSize", StringValue("5p"));
            m_ends[end]->SetQueue(queue);
            m_ends[end]->SetMtu(300);
            for (int i = 0; i < 2000; i++)
            {
                sent[end]++;
                SendAt(random->GetValue(0, 200),
                       end,
                       random->GetInteger(1, 310),
                       random->GetInteger(0, 50) == 0 ? NOT_CARRIED : CARRIED);
            }
        }
        FailAt(MakeCut(LinkCut::InFlight::LOST), 20, 30);
        FailAt(FailureHelper::Shutdown(m_ends[0], "A"), 40.5, 50);
        FailAt(FailureHelper::Crash(m_nodes.Get(1), "B"), 60.5, 70);
        FailAt(FailureHelper::CutCarrier(m_ends[0], m_ends[1], "line"), 80.5, 90);
        FailAt(MakeCut(LinkCut::InFlight::DELIVERED), 100.5, 110);
        FailAt(FailureHelper::StepDelay(m_ends[0], Seconds(0.1), "line"), 120, 130);
        Simulator::Run();
        for (const uint32_t end : {0U, 1U})
        {
            const InterfaceCounters& own = m_ends[end]->GetCounters();
            const InterfaceCounters& other = m_ends[1 - end]->GetCounters();
            NS_TEST_EXPECT_MSG_EQ(own.txPackets + own.txDrops, sent[end], "handed to Send");
            NS_TEST_EXPECT_MSG_EQ(own.txPackets,
                                  other.rxPackets + other.rxDrops +
                                      m_line->GetWireFrom(m_ends[end])->GetLostFrames(),
                                  "put on the wire");
            NS_TEST_EXPECT_MSG_GT(m_ends[end]->GetFcsErrors(), 50, "bit errors");
            NS_TEST_EXPECT_MSG_GT(own.rxPackets, 500, "sound ones");
            NS_TEST_EXPECT_MSG_GT(own.rxBytes, 100 * own.rxPackets, "their bytes");
        }
    }
};

/// Behaviour 21.
class CaptureTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param fcs Fcs16 or Fcs32, empty for a capture without
     */
    explicit CaptureTestCase(const std::string& fcs)
        : TestCase(fcs.empty() ? "Capture without FCS" : "Capture with " + fcs),
          m_fcs(fcs)
    {
    }

  private:
    /**
     * @brief The frame check sequence, computed in the slowest way.
     * @param frame the frame
     * @return its bytes
     */
    std::string GetTail(const std::string& frame) const
    {
        if (m_fcs.empty())
        {
            return "";
        }
        const bool small = m_fcs == "Fcs16";
        const uint32_t polynomial = small ? 0x8408 : 0xedb88320;
        uint32_t remainder = small ? 0xffff : 0xffffffff;
        for (const char byte : frame)
        {
            remainder ^= static_cast<uint8_t>(byte);
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? polynomial : 0);
            }
        }
        std::string tail;
        for (int i = 0; i < (small ? 2 : 4); i++)
        {
            tail += static_cast<char>(~remainder >> (8 * i));
        }
        return tail;
    }

    void DoRun() override
    {
        const std::string name = CreateTempDirFilename("serial" + m_fcs + ".pcap");
        NodeContainer nodes(2);
        SerialHelper serial;
        Ptr<ConstantRandomVariable> phase = CreateObject<ConstantRandomVariable>();
        phase->SetAttribute("Constant", DoubleValue(0.1));
        serial.SetDeviceAttribute("KeepaliveStartPhase", PointerValue(phase));
        if (!m_fcs.empty())
        {
            serial.SetDeviceAttribute("Fcs", StringValue(m_fcs));
            serial.SetDeviceAttribute("CaptureFcs", BooleanValue(true));
        }
        NetDeviceContainer ends = serial.Install(nodes);
        serial.EnablePcap(name, ends.Get(0), false, true);
        Simulator::Stop(Seconds(5));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(DynamicCast<SerialNetDevice>(ends.Get(1))->GetCounters().rxBytes,
                              24,
                              "nothing of that on the line");
        ends = NetDeviceContainer();
        nodes = NodeContainer();
        Simulator::Destroy(); // closes the file

        std::ifstream file(name, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)),
                                std::istreambuf_iterator<char>());
        const std::size_t frame = 24 + GetTail("").size();
        NS_TEST_ASSERT_MSG_EQ(bytes.size(), 24 + 2 * (16 + frame), "own and heard");
        if (IsStatusFailure())
        {
            return;
        }
        NS_TEST_EXPECT_MSG_EQ(static_cast<int>(bytes[20]), 104, "C_HDLC");
        NS_TEST_EXPECT_MSG_EQ((bytes.substr(21, 3) == std::string(3, '\0')), true, "and no more");
        for (const std::size_t at : {std::size_t{40}, 40 + frame + 16})
        {
            const std::string seen = bytes.substr(at, frame);
            NS_TEST_EXPECT_MSG_EQ((seen.substr(0, 4) == std::string("\x8f\x00\x80\x35", 4)),
                                  true,
                                  "header");
            NS_TEST_EXPECT_MSG_EQ((seen.substr(24) == GetTail(seen.substr(0, 24))),
                                  true,
                                  "frame check sequence");
        }
    }

    std::string m_fcs; //!< frame check sequence
};

// ---- real stacks ----

/// Behaviours 7, 22 and 23: a test case with UDP between two nodes.
class StackTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit StackTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /**
     * @brief Build R1 and R2 with a line between them, and number it.
     * @param serial the helper
     */
    void Build(SerialHelper& serial)
    {
        m_nodes = NodeContainer(2);
        m_ends = serial.Install(m_nodes);
        serial.AssignStreams(m_ends, STREAM);
        InternetStackHelper().Install(m_nodes);
        m_received.clear();
    }

    /// Give both ends addresses.
    void Number()
    {
        Ipv4AddressHelper("10.0.0.0", "255.255.255.252").Assign(m_ends);
        Ipv6AddressHelper ipv6;
        ipv6.SetBase(Ipv6Address("2001:db8::"), Ipv6Prefix(64));
        ipv6.Assign(m_ends);
    }

    /**
     * @brief A socket at R2 that sends back what it receives.
     * @param address its address
     */
    void Listen(const Address& address)
    {
        m_sink = Socket::CreateSocket(m_nodes.Get(1), UdpSocketFactory::GetTypeId());
        m_sink->Bind(address);
        m_sink->SetRecvCallback(MakeCallback(&StackTestCase::Echo, this));
    }

    /**
     * @brief A socket at R1 that takes what comes back.
     * @param local its address
     * @param remote that of R2
     */
    void Open(const Address& local, const Address& remote)
    {
        m_source = Socket::CreateSocket(m_nodes.Get(0), UdpSocketFactory::GetTypeId());
        m_source->Bind(local);
        m_source->Connect(remote);
        m_source->SetRecvCallback(MakeCallback(&StackTestCase::Take, this));
    }

    /**
     * @brief Send datagrams from R1.
     * @param at when, seconds
     * @param from size of the first, in bytes
     * @param count how many, each one byte longer than the one before
     */
    void SendAt(double at, uint32_t from, uint32_t count)
    {
        Simulator::ScheduleWithContext(m_nodes.Get(0)->GetId(),
                                       Seconds(at),
                                       &StackTestCase::Send,
                                       this,
                                       from,
                                       count);
    }

    /**
     * @brief One end.
     * @param end which
     * @return the device
     */
    Ptr<SerialNetDevice> GetEnd(uint32_t end) const
    {
        return DynamicCast<SerialNetDevice>(m_ends.Get(end));
    }

    void DoTeardown() override
    {
        m_sink = nullptr;
        m_source = nullptr;
        m_ends = NetDeviceContainer();
        m_nodes = NodeContainer();
        Simulator::Destroy();
    }

    NodeContainer m_nodes;            //!< R1 and R2
    NetDeviceContainer m_ends;        //!< of the line
    std::vector<uint32_t> m_received; //!< sizes of what came back

  private:
    /**
     * @brief Send datagrams from R1.
     * @param from size of the first
     * @param count how many
     */
    void Send(uint32_t from, uint32_t count)
    {
        for (uint32_t i = 0; i < count; i++)
        {
            m_source->Send(Create<Packet>(from + i));
        }
    }

    /**
     * @brief A datagram arrived at R2.
     * @param socket where
     */
    void Echo(Ptr<Socket> socket)
    {
        Address from;
        Ptr<Packet> packet = socket->RecvFrom(from);
        socket->SendTo(Create<Packet>(packet->GetSize()), 0, from);
    }

    /**
     * @brief A datagram came back to R1.
     * @param socket where
     */
    void Take(Ptr<Socket> socket)
    {
        m_received.push_back(socket->Recv()->GetSize());
    }

    Ptr<Socket> m_sink;   //!< at R2
    Ptr<Socket> m_source; //!< at R1
};

/// Behaviour 7.
class FlowControlTestCase : public StackTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param flowControl whether the device tells traffic control
     */
    explicit FlowControlTestCase(bool flowControl)
        : StackTestCase(flowControl ? "With traffic control above, nothing is dropped here"
                                    : "Without flow control the queue overflows"),
          m_flowControl(flowControl)
    {
    }

  private:
    void DoRun() override
    {
        SerialHelper serial;
        serial.SetQueue("ns3::DropTailQueue", "2p");
        serial.SetDeviceAttribute("DataRate", StringValue("64kb/s"));
        serial.SetKeepalive(Seconds(0), 3);
        if (!m_flowControl)
        {
            serial.DisableFlowControl();
        }
        Build(serial);
        TrafficControlHelper control;
        control.SetRootQueueDisc("ns3::FifoQueueDisc", "MaxSize", StringValue("100p"));
        control.Install(m_ends);
        Number();
        Listen(InetSocketAddress(Ipv4Address::GetAny(), 7));
        Open(InetSocketAddress(Ipv4Address::GetAny(), 8),
             InetSocketAddress(Ipv4Address("10.0.0.2"), 7));
        GetEnd(0)->TraceConnectWithoutContext("PhyTxBegin",
                                              MakeCallback(&FlowControlTestCase::Begin, this));
        m_idleAt = Seconds(10);
        m_begun = m_flowControl ? 0 : 47; // as many as are not dropped
        SendAt(10, 101, 50);
        Simulator::Stop(Seconds(30));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), (m_flowControl ? 50 : 3), "what came back");
        for (std::size_t i = 0; i < m_received.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(m_received[i], 101 + i, "in order");
        }
        NS_TEST_EXPECT_MSG_EQ(GetEnd(0)->GetCounters().txDrops, (m_flowControl ? 0 : 47), "drops");
    }

    /**
     * @brief A frame begins: while all 50 last, right behind the one before.
     * @param frame the frame
     */
    void Begin(Ptr<const Packet> frame)
    {
        if (Simulator::Now() < Seconds(10) || m_begun == 50)
        {
            return; // what IPv6 says at its start, and later on
        }
        m_begun++;
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), m_idleAt, "without a gap, and not into another");
        m_idleAt = Simulator::Now() +
                   GetEnd(0)->GetDataRate().CalculateBitsTxTime(GetEnd(0)->GetBitsOnLine(frame));
    }

    bool m_flowControl;  //!< whether the device tells traffic control
    Time m_idleAt;       //!< when the line is free
    uint32_t m_begun{0}; //!< frames since then
};

/// Behaviour 22.
class ForwardingTestCase : public StackTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param ipv6 IPv6, else IPv4
     */
    explicit ForwardingTestCase(bool ipv6)
        : StackTestCase(ipv6 ? "UDP over IPv6" : "UDP over IPv4"),
          m_ipv6(ipv6)
    {
    }

  private:
    void DoRun() override
    {
        SerialHelper serial;
        Build(serial);
        Number();
        if (m_ipv6)
        {
            const Ptr<Ipv6> remote = m_nodes.Get(1)->GetObject<Ipv6>();
            const int32_t interface = remote->GetInterfaceForDevice(m_ends.Get(1));
            Listen(Inet6SocketAddress(Ipv6Address::GetAny(), 7));
            Open(Inet6SocketAddress(Ipv6Address::GetAny(), 8),
                 Inet6SocketAddress(remote->GetAddress(interface, 1).GetAddress(), 7));
        }
        else
        {
            Listen(InetSocketAddress(Ipv4Address::GetAny(), 7));
            Open(InetSocketAddress(Ipv4Address::GetAny(), 8),
                 InetSocketAddress(Ipv4Address("10.0.0.2"), 7));
        }
        SendAt(10, 100, 1);
        SendAt(11, 1400, 5);
        Simulator::Stop(Seconds(20));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(m_received.size(), 6, "what came back");
        NS_TEST_EXPECT_MSG_EQ(m_received.back(), 1404, "the last one");
        NS_TEST_EXPECT_MSG_EQ(GetEnd(0)->GetCounters().rxDrops, 0, "drops of R1");
        NS_TEST_EXPECT_MSG_EQ(GetEnd(1)->GetCounters().rxDrops, 0, "drops of R2");
    }

    bool m_ipv6; //!< IPv6, else IPv4
};

/// Behaviour 23.
class BinderTestCase : public StackTestCase
{
  public:
    BinderTestCase()
        : StackTestCase("Ipv4LineBinder follows")
    {
    }

  private:
    void DoRun() override
    {
        SerialHelper serial;
        Build(serial);
        Number();
        Ptr<Ipv4LineBinder> binder = CreateObject<Ipv4LineBinder>();
        binder->Bind(m_ends.Get(0));
        Ptr<Ipv4> ipv4 = m_nodes.Get(0)->GetObject<Ipv4>();
        const int32_t interface = ipv4->GetInterfaceForDevice(m_ends.Get(0));
        Ptr<LinkCut> cut = FailureHelper::CutLink(m_ends.Get(0), m_ends.Get(1), "line");
        Ptr<LinkCut> carrier = FailureHelper::CutCarrier(m_ends.Get(0), m_ends.Get(1), "carrier");
        NS_TEST_EXPECT_MSG_EQ(ipv4->IsUp(interface), true, "at first");
        Simulator::Schedule(Seconds(20), &FailureTarget::Fail, cut);
        Simulator::Schedule(Seconds(65), &FailureTarget::Repair, cut);
        Simulator::Schedule(Seconds(100), &FailureTarget::Fail, carrier);
        Simulator::Schedule(Seconds(110), &FailureTarget::Repair, carrier);
        for (const auto& moment : std::vector<std::pair<double, bool>>{{35, true},
                                                                       {60.5, false},
                                                                       {90, true},
                                                                       {100.1, false},
                                                                       {110.1, true}})
        {
            Simulator::Stop(Seconds(moment.first) - Simulator::Now());
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(ipv4->IsUp(interface), moment.second, "at " << moment.first);
        }
    }
};

/// Behaviour of SerialNetDevice, SerialWire and SerialChannel.
class SerialDeviceTestSuite : public TestSuite
{
  public:
    SerialDeviceTestSuite()
        : TestSuite("keepalive-serial-device")
    {
        AddTestCase(new TransmissionTimeTestCase);
        AddTestCase(new BitStuffingTestCase);
        AddTestCase(new OrderTestCase);
        AddTestCase(new NewRateTestCase);

        AddTestCase(new QueueTestCase("1p",
                                      "1100b 1200b ",
                                      "0a queue-full, 0a queue-full, 0a queue-full, "
                                      "0a queue-full, "));
        AddTestCase(new QueueTestCase("300B",
                                      "1100b 1200b 1300b 1400b ",
                                      "0a queue-full, 0a queue-full, "));
        AddTestCase(new QueueTestCase("100p", "1100b 1200b 1300b 1400b 1500b 1600b ", ""));
        AddTestCase(
            new ControlTestCase(false, "1100b 1200b 1300b 1350b47 1401b48 4050b47 4100b47 "));
        AddTestCase(
            new ControlTestCase(true, "1100b 1150b47 1201b48 1301b 1401b 4050b47 4100b47 "));
        AddTestCase(new FlowControlTestCase(true));
        AddTestCase(new FlowControlTestCase(false));
        AddTestCase(new RefusalTestCase);

        AddTestCase(new DelayTestCase);
        AddTestCase(new BitErrorTestCase(1e-5, 97));
        AddTestCase(new BitErrorTestCase(1e-3, 97));
        AddTestCase(new BitErrorTestCase(1e-4, 1500));
        AddTestCase(new ErrorModelTestCase);
        AddTestCase(new CutTestCase(LinkCut::InFlight::LOST, "1400b 6150b 6150a ", 6));
        AddTestCase(
            new CutTestCase(LinkCut::InFlight::DELIVERED, "1400b 1600b 1600a 6150b 6150a ", 4));
        AddTestCase(new OneWayCutTestCase);
        AddTestCase(new BreakOffTestCase(false));
        AddTestCase(new BreakOffTestCase(true));
        AddTestCase(new BreakOffInstantTestCase);
        AddTestCase(new ListenerTestCase);
        AddTestCase(new NobodyTestCase);

        AddTestCase(new CarrierTestCase);
        AddTestCase(new DtrContextTestCase);
        AddTestCase(new DtrTestCase(true,
                                    "1000a up carrier-restored, 1000b up admin-enabled, "
                                    "2000b down carrier-lost, 2000a down admin-shutdown, "
                                    "3000b up carrier-restored, 3000a up admin-enabled, "
                                    "4000a down carrier-lost, 4000b down node-crashed, "
                                    "5000a up carrier-restored, 5000b up node-booted, "));
        AddTestCase(new DtrTestCase(
            false,
            "500a up admin-enabled, 1000b up admin-enabled, 2000a down admin-shutdown, "
            "3000a up admin-enabled, 4000b down node-crashed, "
            "5000b up node-booted, "));
        AddTestCase(new PlugTestCase(true, false, "5600b 7100a 10600a 12100b 12100a ", 5));
        AddTestCase(new PlugTestCase(false, true, "5600a 7100b 10600b 12100b 12100a ", 5));
        AddTestCase(new PlugTestCase(true, true, "7100a 7100b 10600a 10600b 12100b 12100a ", 4));
        AddTestCase(new PlugCarrierTestCase);

        AddTestCase(new TraceTestCase);
        AddTestCase(new CountersTestCase);
        AddTestCase(new CaptureTestCase(""));
        AddTestCase(new CaptureTestCase("Fcs16"));
        AddTestCase(new CaptureTestCase("Fcs32"));
        AddTestCase(new ForwardingTestCase(false));
        AddTestCase(new ForwardingTestCase(true));
        AddTestCase(new BinderTestCase);
    }
};

SerialDeviceTestSuite g_serialDeviceTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
