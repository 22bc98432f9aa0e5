/* SPDX-License-Identifier: GPL-2.0-only */

#include "bench-serial.h"

#include "bench-tools.h"

#include "ns3/data-rate.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/random-variable-stream.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/udp-client-server-helper.h"
#include "ns3/udp-server.h"
#include "ns3/uinteger.h"

#include <iostream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t KEEPALIVE_SIZE = 24;   //!< bytes of an HDLC keepalive
constexpr uint32_t LINES = 50;            //!< lines of one measurement of keepalives
constexpr uint32_t KEEPALIVES = 200000;   //!< measured in each round, both ends together
constexpr uint32_t DAY_LINES = 1000;      //!< lines of the simulated day
constexpr uint16_t PORT = 9;              //!< of the packets that are forwarded
const Time INTERVAL = Seconds(10);        //!< between keepalives
const Time PACKET_GAP = MicroSeconds(20); //!< between packets that are forwarded
const Time WARM_UP = Seconds(30);         //!< not measured
const Time DAY = Hours(24);               //!< the simulated day

/**
 * @brief What the scheduler alone does for a keepalive: a tick, and a packet that arrives.
 */
class BareEnd
{
  public:
    /// A tick: the next one, and a packet on its way.
    void Tick()
    {
        Simulator::Schedule(INTERVAL, &BareEnd::Tick, this);
        Simulator::ScheduleWithContext(1,
                                       MilliSeconds(3),
                                       &BareEnd::Arrive,
                                       this,
                                       Create<Packet>(KEEPALIVE_SIZE));
    }

    /**
     * @brief The packet arrives.
     * @param packet the packet
     */
    void Arrive(Ptr<Packet> packet)
    {
        m_bytes += packet->GetSize();
    }

  private:
    uint64_t m_bytes{0}; //!< so that the packet is looked at
};

/**
 * @brief Simulate, and time it.
 * @param duration how long, in simulated time
 * @return CPU seconds
 */
double
TimeRun(Time duration)
{
    Simulator::Stop(duration);
    const double before = CpuSeconds();
    Simulator::Run();
    return CpuSeconds() - before;
}

/**
 * @brief Time in which all ends together send a number of keepalives.
 * @param ends how many ends
 * @param keepalives how many keepalives
 * @return the time
 */
Time
TimeFor(uint32_t ends, uint32_t keepalives)
{
    return INTERVAL * static_cast<int64_t>(keepalives / ends);
}

/**
 * @brief Cost of the bare events of a keepalive.
 * @param keepalives how many to measure
 * @return CPU seconds each
 */
double
MeasureBare(uint32_t keepalives)
{
    std::vector<BareEnd> ends(2 * LINES);
    Ptr<UniformRandomVariable> phase = CreateObject<UniformRandomVariable>();
    phase->SetStream(1);
    for (auto& end : ends)
    {
        Simulator::Schedule(INTERVAL * phase->GetValue(), &BareEnd::Tick, &end);
    }
    TimeRun(WARM_UP);
    const double seconds = TimeRun(TimeFor(2 * LINES, keepalives));
    Simulator::Destroy();
    return seconds / keepalives;
}

/// What a measurement of lines gives.
struct LineCost
{
    double seconds; //!< CPU seconds, all together
    double each;    //!< CPU seconds for each keepalive
    double bytes;   //!< memory for each line, both ends
};

/**
 * @brief Cost of lines that do nothing but keep themselves alive.
 * @param lines how many
 * @param duration for how long
 * @return the cost
 */
LineCost
MeasureLines(uint32_t lines, Time duration)
{
    NodeContainer nodes;
    nodes.Create(2);
    SerialHelper serial("ns3::keepalive::HdlcNetDevice");
    serial.SetKeepalive(INTERVAL, 3);
    NetDeviceContainer ends;
    const double before = ResidentBytes();
    for (uint32_t line = 0; line < lines; line++)
    {
        ends.Add(serial.Install(nodes));
    }
    serial.AssignStreams(ends, 1);
    TimeRun(WARM_UP);
    LineCost cost{};
    cost.bytes = (ResidentBytes() - before) / lines;
    uint64_t sent = 0;
    for (uint32_t i = 0; i < ends.GetN(); i++)
    {
        sent -= DynamicCast<HdlcNetDevice>(ends.Get(i))->GetCounters().keepalivesHeard;
    }
    cost.seconds = TimeRun(duration);
    for (uint32_t i = 0; i < ends.GetN(); i++)
    {
        sent += DynamicCast<HdlcNetDevice>(ends.Get(i))->GetCounters().keepalivesHeard;
    }
    cost.each = cost.seconds / static_cast<double>(sent);
    Simulator::Destroy();
    return cost;
}

/**
 * @brief Cost of forwarding an IP packet: three nodes in a row, with two links.
 * @param serial whether the links are serial lines, rather than those of PointToPointNetDevice
 * @param packets how many to measure
 * @return CPU seconds each
 */
double
MeasureForwarding(bool serial, uint32_t packets)
{
    NodeContainer nodes;
    nodes.Create(3);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    SerialHelper serialLink("ns3::keepalive::HdlcNetDevice");
    PointToPointHelper otherLink;
    serialLink.SetKeepalive(Seconds(0), 3); // the other one has none, either
    serialLink.SetDeviceAttribute("DataRate", DataRateValue(DataRate("1Gb/s")));
    otherLink.SetDeviceAttribute("DataRate", DataRateValue(DataRate("1Gb/s")));
    serialLink.SetChannelAttribute("Delay", TimeValue(MicroSeconds(10)));
    otherLink.SetChannelAttribute("Delay", TimeValue(MicroSeconds(10)));
    Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
    Ipv4Address target;
    for (const uint32_t hop : {0, 1})
    {
        NetDeviceContainer link = serial ? serialLink.Install(nodes.Get(hop), nodes.Get(hop + 1))
                                         : otherLink.Install(nodes.Get(hop), nodes.Get(hop + 1));
        target = addresses.Assign(link).GetAddress(1);
        addresses.NewNetwork();
    }
    Ipv4StaticRoutingHelper routing;
    routing.GetStaticRouting(nodes.Get(0)->GetObject<Ipv4>())->SetDefaultRoute("10.0.0.2", 1);

    UdpServerHelper server(PORT);
    ApplicationContainer sink = server.Install(nodes.Get(2));
    UdpClientHelper client(target, PORT);
    client.SetAttribute("MaxPackets", UintegerValue(UINT32_MAX));
    client.SetAttribute("Interval", TimeValue(PACKET_GAP));
    client.SetAttribute("PacketSize", UintegerValue(500));
    client.Install(nodes.Get(0));
    TimeRun(PACKET_GAP * 1000);
    Ptr<UdpServer> counter = DynamicCast<UdpServer>(sink.Get(0));
    const uint64_t before = counter->GetReceived();
    const double seconds = TimeRun(PACKET_GAP * static_cast<int64_t>(packets));
    const auto received = static_cast<double>(counter->GetReceived() - before);
    Simulator::Destroy();
    return seconds / received;
}

} // namespace

void
TrySerialBench()
{
    MeasureLines(1, Seconds(1));
    MeasureForwarding(true, 1);
}

double
MeasureLineMemory()
{
    int ends[2];
    if (pipe(ends) != 0)
    {
        throw std::runtime_error("cannot create a pipe");
    }
    const pid_t child = fork();
    if (child == 0)
    {
        const double bytes = MeasureLines(DAY_LINES, Seconds(0)).bytes;
        const bool told = write(ends[1], &bytes, sizeof(bytes)) == sizeof(bytes);
        _exit(told ? 0 : 1);
    }
    close(ends[1]);
    double bytes = 0;
    const bool heard = child > 0 && read(ends[0], &bytes, sizeof(bytes)) == sizeof(bytes);
    close(ends[0]);
    waitpid(child, nullptr, 0);
    if (!heard)
    {
        throw std::runtime_error("cannot measure the memory of a line");
    }
    return bytes;
}

void
RunSerialBench(uint32_t rounds, double lineMemory)
{
    MeasureLines(LINES, TimeFor(2 * LINES, KEEPALIVES)); // the heap grows once
    std::vector<double> bare;
    std::vector<double> ratio;
    for (uint32_t round = 0; round < rounds; round++)
    {
        bare.push_back(MeasureBare(KEEPALIVES));
        const double keepalive = MeasureLines(LINES, TimeFor(2 * LINES, KEEPALIVES)).each;
        ratio.push_back(keepalive / bare.back());
    }
    std::cout << "\nthe bare events of an HDLC keepalive:         1.00  (" << Median(bare) * 1e6
              << " us of CPU)\n"
              << "one HDLC keepalive:                           " << Median(ratio) << "  ("
              << rounds << " rounds, aim: at most 2.50)\n\n";

    constexpr uint32_t packets = 50000;
    std::vector<double> pointToPoint;
    std::vector<double> forwarding;
    MeasureForwarding(true, packets);
    for (uint32_t round = 0; round < rounds; round++)
    {
        pointToPoint.push_back(MeasureForwarding(false, packets));
        forwarding.push_back(MeasureForwarding(true, packets) / pointToPoint.back());
    }
    std::cout << "forwarding a packet, PointToPointNetDevice:   1.00  ("
              << Median(pointToPoint) * 1e6 << " us of CPU)\n"
              << "forwarding a packet, HdlcNetDevice:           " << Median(forwarding) << "  ("
              << rounds << " rounds, aim: at most 1.00)\n\n";

    const LineCost day = MeasureLines(DAY_LINES, DAY);
    std::cout << "a day of " << DAY_LINES << " lines, " << DAY_LINES * 2 * 8640
              << " keepalives:      " << day.seconds << " s of CPU, " << lineMemory / 1024
              << " KiB for each line\n";
}

} // namespace keepalive
} // namespace ns3
