/* SPDX-License-Identifier: GPL-2.0-only */

#include "bench-gre.h"

#include "bench-tools.h"

#include "ns3/data-rate.h"
#include "ns3/gre-tunnel-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <iomanip>
#include <iostream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t ROUND_TRIPS = 50000; //!< measured in each round
constexpr uint32_t IP_UDP = 28;         //!< bytes of the IP and UDP headers
constexpr uint32_t KEEPALIVE_SIZE = 48; //!< bytes of a GRE keepalive

/**
 * @brief Two nodes on a wire that is never the bottleneck.
 */
class Wire
{
  public:
    Wire()
    {
        nodes.Create(2);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", DataRateValue(DataRate("10Gb/s")));
        link.SetChannelAttribute("Delay", TimeValue(MicroSeconds(10)));
        devices = link.Install(nodes);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(nodes);
        interfaces = Ipv4AddressHelper("10.0.0.0", "255.255.255.252").Assign(devices);
    }

    ~Wire()
    {
        Simulator::Destroy();
    }

    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /**
     * @brief Simulate, and time it.
     * @param until when to stop
     * @return CPU seconds
     */
    static double Run(Time until)
    {
        Simulator::Stop(until - Simulator::Now());
        const double before = CpuSeconds();
        Simulator::Run();
        return CpuSeconds() - before;
    }

    NodeContainer nodes;               //!< A, B
    NetDeviceContainer devices;        //!< their devices
    Ipv4InterfaceContainer interfaces; //!< their addresses
};

/**
 * @brief Cost of an echo round trip.
 * @return CPU seconds
 */
double
MeasureEcho()
{
    Wire wire;
    UdpEchoServerHelper server(7);
    server.Install(wire.nodes.Get(1)).Start(Seconds(0));
    UdpEchoClientHelper client(wire.interfaces.GetAddress(1), 7);
    client.SetAttribute("MaxPackets", UintegerValue(UINT32_MAX));
    client.SetAttribute("Interval", TimeValue(MicroSeconds(100)));
    client.SetAttribute("PacketSize", UintegerValue(KEEPALIVE_SIZE - IP_UDP));
    client.Install(wire.nodes.Get(0)).Start(Seconds(0));
    Wire::Run(Seconds(0.1)); // 1,000 round trips to warm up
    return Wire::Run(Seconds(0.1) + MicroSeconds(100) * ROUND_TRIPS) / ROUND_TRIPS;
}

/// What a measurement of tunnels gives.
struct TunnelCost
{
    double seconds; //!< CPU seconds for a keepalive round trip
    double bytes;   //!< memory for each tunnel, both ends
};

/**
 * @brief Cost of a keepalive round trip among many tunnels.
 * @param tunnels how many
 * @param numbered whether every tunnel has addresses
 * @return the cost
 */
TunnelCost
MeasureTunnels(uint32_t tunnels, bool numbered)
{
    Wire wire;
    GreTunnelHelper gre;
    // However many there are, one keepalive starts every 100 us on average.
    const Time interval = MicroSeconds(100) * tunnels;
    Ipv4AddressHelper addresses("11.0.0.0", "255.255.255.252");
    const double before = ResidentBytes();
    NetDeviceContainer ends;
    for (uint32_t key = 0; key < tunnels; key++)
    {
        gre.SetKey(key);
        gre.SetKeepalive(interval, 3);
        NetDeviceContainer pair;
        pair.Add(gre.InstallEnd(wire.nodes.Get(0),
                                wire.interfaces.GetAddress(0),
                                wire.interfaces.GetAddress(1)));
        gre.SetKeepalive(Seconds(0), 3); // B only answers
        pair.Add(gre.InstallEnd(wire.nodes.Get(1),
                                wire.interfaces.GetAddress(1),
                                wire.interfaces.GetAddress(0)));
        ends.Add(pair);
        if (numbered)
        {
            addresses.Assign(pair);
            addresses.NewNetwork();
        }
    }
    gre.AssignStreams(ends, 1000);
    const double bytes = (ResidentBytes() - before) / tunnels;

    const Time warm = interval + MicroSeconds(100) * 1000; // every tunnel once, and 1,000 more
    Wire::Run(warm);
    uint64_t heard = 0;
    for (uint32_t i = 0; i < ends.GetN(); i += 2)
    {
        heard -= DynamicCast<GreTunnelDevice>(ends.Get(i))->GetCounters().keepalivesHeard;
    }
    const double seconds = Wire::Run(warm + MicroSeconds(100) * ROUND_TRIPS);
    for (uint32_t i = 0; i < ends.GetN(); i += 2)
    {
        heard += DynamicCast<GreTunnelDevice>(ends.Get(i))->GetCounters().keepalivesHeard;
    }
    return {seconds / static_cast<double>(heard), bytes};
}

} // namespace

void
TryGreBench()
{
    MeasureTunnels(1, false);
}

void
RunGreBench(uint32_t rounds)
{
    // A fresh process first grows its heap: nothing is counted until that is over. The memory of
    // a tunnel, on the other hand, shows only while it grows.
    const double bytes = MeasureTunnels(10000, false).bytes;
    MeasureEcho();

    std::vector<double> echo;
    std::vector<double> ratio;
    for (uint32_t round = 0; round < rounds; round++)
    {
        echo.push_back(MeasureEcho());
        ratio.push_back(MeasureTunnels(1, false).seconds / echo.back());
    }
    std::cout << "one round trip of UdpEcho:                    1.00  (" << Median(echo) * 1e6
              << " us of CPU)\n"
              << "one round trip of a GRE keepalive:            " << Median(ratio) << "  ("
              << rounds << " rounds, aim: at most 0.80)\n\n";

    const uint32_t numbers[] = {10, 1000, 10000};
    std::vector<double> base;
    std::vector<double> among[3];
    for (uint32_t round = 0; round < rounds; round++)
    {
        base.push_back(MeasureTunnels(numbers[0], false).seconds);
        for (uint32_t i = 0; i < 3; i++)
        {
            const double cost = i == 0 ? base.back() : MeasureTunnels(numbers[i], false).seconds;
            among[i].push_back(cost / base.back());
        }
    }
    for (uint32_t i = 0; i < 3; i++)
    {
        std::cout << "one keepalive among " << std::setw(6) << numbers[i]
                  << " unnumbered tunnels:  " << Median(among[i])
                  << (i == 2 ? "  (aim: at most 1.30)" : "") << '\n';
    }
    std::cout << "memory of a tunnel, both ends:            " << bytes / 1024 << " KiB\n\n";

    const uint32_t numbered[] = {10, 100, 1000};
    for (const uint32_t number : numbered)
    {
        std::vector<double> added;
        for (uint32_t round = 0; round < std::min(rounds, 3U); round++)
        {
            const double without = MeasureTunnels(number, false).seconds;
            added.push_back(MeasureTunnels(number, true).seconds / without);
        }
        std::cout << "numbering " << std::setw(6) << number
                  << " tunnels makes a keepalive cost:   " << Median(added) << " times as much\n";
    }
    std::cout
        << "(ns-3's static routing is a linear list, and so is its search for the owner of an\n"
           "address: that is where the time goes, not in the tunnels.)\n";
}

} // namespace keepalive
} // namespace ns3
