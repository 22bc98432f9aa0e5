/* SPDX-License-Identifier: GPL-2.0-only */

#include "bench-bgp.h"

#include "bench-tools.h"

#include "ns3/bgp-helper.h"
#include "ns3/bgp-table-generator.h"
#include "ns3/boolean.h"
#include "ns3/data-rate.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-helper.h"

#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t KEEPALIVE_SIZE = 19;            //!< bytes of a BGP KEEPALIVE
constexpr uint32_t PAIRS = 20;                     //!< sessions of one measurement of KEEPALIVEs
constexpr uint32_t KEEPALIVES = 100000;            //!< measured in each round, both ends together
constexpr uint32_t SESSIONS = 1000;                //!< sessions of the hub
constexpr uint32_t PREFIXES = 100000;              //!< prefixes of the large table
constexpr uint16_t PORT = 9;                       //!< of the bytes that are no BGP
const Time WARM_UP = Seconds(30);                  //!< not measured
const Time TABLE_TIME = Seconds(60);               //!< in which the large table arrives
const char* const STOCK = "ns3::TcpSocketFactory"; //!< ns-3's own TCP
const char* const OURS = "ns3::keepalive::TcpKeepaliveSocketFactory"; //!< that of BgpSpeaker

/**
 * @brief Nodes, and links between them that are never the bottleneck.
 */
class Links
{
  public:
    /**
     * @brief Create the links.
     * @param count how many
     * @param hub whether one end of them all is the same node
     */
    Links(uint32_t count, bool hub)
    {
        near.Create(hub ? 1 : count);
        far.Create(count);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(near);
        stack.Install(far);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", DataRateValue(DataRate("10Gb/s")));
        link.SetChannelAttribute("Delay", TimeValue(MilliSeconds(1)));
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
        for (uint32_t i = 0; i < count; i++)
        {
            const auto pair = addresses.Assign(link.Install(near.Get(hub ? 0 : i), far.Get(i)));
            nearAddresses.push_back(pair.GetAddress(0));
            farAddresses.push_back(pair.GetAddress(1));
            addresses.NewNetwork();
        }
    }

    ~Links()
    {
        Simulator::Destroy();
    }

    Links(const Links&) = delete;
    Links& operator=(const Links&) = delete;

    /**
     * @brief Simulate, and time it.
     * @param duration how long, in simulated time
     * @return CPU seconds
     */
    static double Run(Time duration)
    {
        Simulator::Stop(duration);
        const double before = CpuSeconds();
        Simulator::Run();
        return CpuSeconds() - before;
    }

    NodeContainer near;                     //!< one node, or one for each link
    NodeContainer far;                      //!< one for each link
    std::vector<Ipv4Address> nearAddresses; //!< by link
    std::vector<Ipv4Address> farAddresses;  //!< by link
};

/**
 * @brief Make the ends of links speakers and neighbours.
 * @param links the links
 * @param holdTime of the sessions, in seconds
 * @return the speakers, those of the far ends last
 */
std::vector<Ptr<BgpSpeaker>>
MakeSpeakers(const Links& links, double holdTime)
{
    BgpHelper bgp;
    bgp.SetNeighborAttribute("Profile", StringValue("frr"));
    bgp.SetNeighborAttribute("HoldTime", TimeValue(Seconds(holdTime)));
    std::vector<Ptr<BgpSpeaker>> speakers;
    for (uint32_t i = 0; i < links.near.GetN(); i++)
    {
        speakers.push_back(bgp.Install(links.near.Get(i), 65001));
    }
    for (uint32_t i = 0; i < links.far.GetN(); i++)
    {
        const Ptr<BgpSpeaker> near = speakers[std::min<std::size_t>(i, links.near.GetN() - 1)];
        const Ptr<BgpSpeaker> far = bgp.Install(links.far.Get(i), 65002);
        const auto ends = bgp.Connect(near, links.nearAddresses[i], far, links.farAddresses[i]);
        // Two connections that collide would only cost memory that is not the session's.
        ends.second->SetAttribute("Passive", BooleanValue(true));
        speakers.push_back(far);
    }
    return speakers;
}

/**
 * @brief Cost of a KEEPALIVE.
 * @param keepalives how many to measure
 * @return CPU seconds each
 */
double
MeasureKeepalives(uint32_t keepalives)
{
    Links links(PAIRS, false);
    const auto speakers = MakeSpeakers(links, 3); // a KEEPALIVE a second
    Links::Run(WARM_UP);
    for (const auto& speaker : speakers)
    {
        if (!speaker->GetNeighbors().at(0)->IsEstablished())
        {
            throw std::runtime_error("a session is not up");
        }
    }
    return Links::Run(Seconds(keepalives / (2.0 * PAIRS))) / keepalives;
}

/**
 * @brief Cost of the bytes of a KEEPALIVE, sent as often by OnOffApplication to PacketSink.
 * @param factory the TCP
 * @param messages how many to measure
 * @return CPU seconds each
 */
double
MeasureBytes(const std::string& factory, uint32_t messages)
{
    Links links(PAIRS, false);
    TcpKeepaliveHelper tcp;
    tcp.Install(links.near);
    tcp.Install(links.far);
    ApplicationContainer sinks;
    const auto send = [&](Ptr<Node> from, Ptr<Node> to, Ipv4Address address, uint32_t number) {
        const InetSocketAddress remote(address, PORT);
        OnOffHelper source(factory, remote);
        source.SetConstantRate(DataRate(8 * KEEPALIVE_SIZE), KEEPALIVE_SIZE); // one a second
        source.Install(from).Start(MilliSeconds(number)); // not all at the same instant
        sinks.Add(PacketSinkHelper(factory, remote).Install(to));
    };
    for (uint32_t i = 0; i < PAIRS; i++)
    {
        // One connection for each direction: who accepts one does not send.
        send(links.near.Get(i), links.far.Get(i), links.farAddresses[i], 2 * i);
        send(links.far.Get(i), links.near.Get(i), links.nearAddresses[i], 2 * i + 1);
    }
    const auto received = [&sinks]() {
        double bytes = 0;
        for (uint32_t i = 0; i < sinks.GetN(); i++)
        {
            bytes += static_cast<double>(DynamicCast<PacketSink>(sinks.Get(i))->GetTotalRx());
        }
        return bytes / KEEPALIVE_SIZE;
    };
    Links::Run(WARM_UP);
    const double before = received();
    const double seconds = Links::Run(Seconds(messages / (2.0 * PAIRS)));
    return seconds / (received() - before);
}

/// What a measurement of a hub gives.
struct HubCost
{
    double seconds; //!< CPU seconds, all together
    double events;  //!< events of the simulator
    double bytes;   //!< memory for each session, both ends
};

/**
 * @brief Cost of a hub with sessions that do nothing but keep themselves alive.
 * @param sessions how many
 * @param holdTime of the sessions, in seconds
 * @param duration for how long
 * @return the cost
 */
HubCost
MeasureHub(uint32_t sessions, double holdTime, Time duration)
{
    Links links(sessions, true);
    const double before = ResidentBytes();
    const auto speakers = MakeSpeakers(links, holdTime);
    Links::Run(WARM_UP);
    HubCost cost{};
    cost.bytes = (ResidentBytes() - before) / sessions;
    const auto eventsBefore = static_cast<double>(Simulator::GetEventCount());
    cost.seconds = Links::Run(duration);
    cost.events = static_cast<double>(Simulator::GetEventCount()) - eventsBefore;
    for (const auto& neighbor : speakers[0]->GetNeighbors())
    {
        if (!neighbor->IsEstablished())
        {
            throw std::runtime_error("a session of the hub is not up");
        }
    }
    return cost;
}

/// What a measurement of a large table gives.
struct TableCost
{
    double cpuSeconds;  //!< from the first event on
    double wallSeconds; //!< the same by the clock on the wall
    double bytes;       //!< memory for each prefix, both ends
};

/**
 * @brief Cost of announcing a large table from one speaker to another.
 * @param prefixes how many
 * @return the cost
 */
TableCost
MeasureTable(uint32_t prefixes)
{
    Links links(1, false);
    const auto speakers = MakeSpeakers(links, 90);
    BgpTableGenerator generator(1);
    generator.Exclude(BgpPrefix{0x0a000000, 8});
    const auto table = generator.Generate(prefixes);
    TableCost cost{};
    const double before = ResidentBytes();
    for (const auto& entry : table)
    {
        speakers[0]->Announce(entry.prefix, entry.attributes);
    }
    const auto begin = std::chrono::steady_clock::now();
    cost.cpuSeconds = Links::Run(TABLE_TIME);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    cost.wallSeconds = wall.count();
    cost.bytes = (ResidentBytes() - before) / prefixes;
    if (speakers[1]->GetRib().GetPrefixCount() != prefixes)
    {
        throw std::runtime_error("the table did not arrive");
    }
    return cost;
}

/**
 * @brief Measure a memory in a process of its own.
 * @param measure measures it
 * @return what it says
 */
template <typename Measure>
double
MeasureApart(Measure measure)
{
    int ends[2];
    if (pipe(ends) != 0)
    {
        throw std::runtime_error("cannot create a pipe");
    }
    const pid_t child = fork();
    if (child == 0)
    {
        const double bytes = measure();
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
        throw std::runtime_error("cannot measure the memory of BGP");
    }
    return bytes;
}

/**
 * @brief Print what a hub costs.
 * @param holdTime of its sessions, in seconds
 * @param minutes for how long, in simulated time
 */
void
PrintHub(uint32_t holdTime, uint32_t minutes)
{
    const HubCost cost = MeasureHub(SESSIONS, holdTime, Minutes(minutes));
    std::cout << minutes << " minutes of " << SESSIONS << " sessions, " << holdTime << " s/"
              << holdTime / 3 << " s: " << cost.seconds << " s of CPU, " << cost.events / 1e6
              << " million events\n";
}

} // namespace

void
TryBgpBench()
{
    MeasureKeepalives(1);
    MeasureBytes(OURS, 1);
    MeasureHub(1, 9, Seconds(1));
    MeasureTable(1);
}

BgpMemory
MeasureBgpMemory()
{
    BgpMemory memory{};
    memory.session = MeasureApart([]() { return MeasureHub(SESSIONS, 9, Time()).bytes; });
    memory.prefix = MeasureApart([]() { return MeasureTable(PREFIXES).bytes; });
    return memory;
}

void
RunBgpBench(uint32_t rounds, const BgpMemory& memory)
{
    MeasureKeepalives(KEEPALIVES); // the heap grows once
    std::vector<double> stock;
    std::vector<double> ours;
    std::vector<double> toStock;
    std::vector<double> toOurs;
    for (uint32_t round = 0; round < rounds; round++)
    {
        stock.push_back(MeasureBytes(STOCK, KEEPALIVES));
        ours.push_back(MeasureBytes(OURS, KEEPALIVES));
        const double keepalive = MeasureKeepalives(KEEPALIVES);
        toStock.push_back(keepalive / stock.back());
        toOurs.push_back(keepalive / ours.back());
    }
    std::cout << "\n19 bytes by OnOffApplication, ns-3's TCP:     1.00  (" << Median(stock) * 1e6
              << " us of CPU)\n"
              << "one BGP KEEPALIVE:                            " << Median(toStock) << "  ("
              << rounds << " rounds, aim: at most 1.20)\n"
              << "19 bytes by OnOffApplication, TcpKeepalive:   1.00  (" << Median(ours) * 1e6
              << " us of CPU)\n"
              << "one BGP KEEPALIVE:                            " << Median(toOurs) << "  ("
              << rounds << " rounds, aim: at most 1.20)\n\n";

    // With 1,000 neighbours, half of the time goes into the lists of routes and connections of
    // ns-3, which are searched from the front for each packet: hence only 6 minutes.
    PrintHub(180, 60);
    PrintHub(9, 6);
    std::cout << "a session, both ends:                         " << memory.session / 1024
              << " KiB\n\n";

    const TableCost table = MeasureTable(PREFIXES);
    std::cout << "a table of " << PREFIXES << " prefixes:                 " << table.cpuSeconds
              << " s of CPU, " << table.wallSeconds << " s, " << PREFIXES / table.cpuSeconds / 1000
              << " thousand prefixes/s, " << memory.prefix << " bytes for each, both ends\n";
}

} // namespace keepalive
} // namespace ns3
