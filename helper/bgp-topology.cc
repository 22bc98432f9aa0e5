/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-topology.h"

#include "bgp-table-generator.h"
#include "topology-tools.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/random-variable-stream.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 5;             //!< H1, R1, R2, H2, B
constexpr uint32_t AS_NUMBER = 65001;       //!< of R1; R2 and B have the next ones
constexpr uint8_t TOS_CONTROL = 0xc0;       //!< internetwork control, as routers set it
constexpr uint8_t TOS_PRIORITY = 0xd0;      //!< the same with low delay, see BgpScenarioConfig
constexpr int64_t STREAM_STACK = 100;       //!< random streams of the IP stacks
constexpr int64_t STREAM_SPEAKERS = 1000;   //!< of the timers, ten for each speaker
constexpr int64_t STREAM_PHASE = 2000;      //!< of the time of booting
constexpr int64_t STREAM_TABLE = 3000;      //!< of the table
constexpr uint32_t NETWORK_H1 = 0x0a010000; //!< 10.1.0.0
constexpr uint32_t NETWORK_H2 = 0x0a020000; //!< 10.2.0.0
constexpr uint8_t NETWORK_LENGTH = 24;      //!< of both

} // namespace

BgpTopology::BgpTopology(const BgpScenarioConfig& config, Time longestPhase)
    : m_config(config)
{
    BuildNodes();
    BuildSpeakers();
    BuildSessions();
    BuildTable();
    Boot(longestPhase);
}

void
BgpTopology::BuildNodes()
{
    nodes.Create(N_NODES);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    const auto link = [this](uint32_t a, uint32_t b, const char* network, const char* mask) {
        return LinkNodes(nodes.Get(a),
                         nodes.Get(b),
                         m_config.linkRate,
                         m_config.linkDelay,
                         network,
                         mask);
    };
    const char* lan = "255.255.255.0";
    const char* pair = "255.255.255.252";
    h1r1 = link(H1, R1, "10.1.0.0", lan);
    r2h2 = link(R2, H2, "10.2.0.0", lan);
    r1r2 = link(R1, R2, "10.0.0.0", pair);
    r1b = link(R1, B, "10.0.1.0", pair);
    br2 = link(B, R2, "10.0.2.0", pair);
    AddStaticRoute(nodes.Get(H1), "0.0.0.0", "0.0.0.0", "10.1.0.2", h1r1.Get(0));
    AddStaticRoute(nodes.Get(H2), "0.0.0.0", "0.0.0.0", "10.2.0.1", r2h2.Get(1));
    stack.AssignStreams(nodes, STREAM_STACK);
}

void
BgpTopology::BuildSpeakers()
{
    const BgpScenarioConfig::Tcp& tcp = m_config.tcp;
    m_bgp.SetTcpProfile(tcp.profile);
    m_bgp.SetTcpAttribute("KeepaliveEnabled", BooleanValue(tcp.keepalive));
    m_bgp.SetTcpAttribute("KeepaliveIdle", TimeValue(tcp.idle));
    m_bgp.SetTcpAttribute("KeepaliveInterval", TimeValue(tcp.interval));
    m_bgp.SetTcpAttribute("KeepaliveProbes", UintegerValue(tcp.probes));
    m_bgp.SetTcpAttribute("UserTimeout", TimeValue(tcp.userTimeout));
    m_bgp.SetTcpAttribute("RtoMin", TimeValue(tcp.rtoMin));
    m_bgp.SetAttribute("Tos", UintegerValue(m_config.priority ? TOS_PRIORITY : TOS_CONTROL));
    m_bgp.SetNeighborAttribute("FastExternalFallover", BooleanValue(m_config.fastFallover));
    m_bgp.SetNeighborAttribute("AdvertisementInterval", TimeValue(m_config.advertisementInterval));
    uint32_t number = 0;
    for (const uint32_t node : {R1, R2, B})
    {
        speakers[number] = m_bgp.Install(nodes.Get(node), AS_NUMBER + number);
        number++;
    }
    speakers[0]->Announce(BgpPrefix::Of(NETWORK_H1, NETWORK_LENGTH));
    speakers[1]->Announce(BgpPrefix::Of(NETWORK_H2, NETWORK_LENGTH));
}

void
BgpTopology::BuildSessions()
{
    const auto direct = m_bgp.Connect(speakers[0], "10.0.0.1", speakers[1], "10.0.0.2");
    const auto toR1 = m_bgp.Connect(speakers[0], "10.0.1.1", speakers[2], "10.0.1.2");
    const auto toR2 = m_bgp.Connect(speakers[2], "10.0.2.1", speakers[1], "10.0.2.2");
    neighbors[0] = direct.first;
    neighbors[1] = direct.second;
    Configure(direct.first, m_config.r1);
    Configure(direct.second, m_config.r2);
    direct.first->SetAttribute("Passive", BooleanValue(m_config.r1.passive));
    direct.second->SetAttribute("Passive", BooleanValue(m_config.r2.passive));
    // B speaks to each as it is spoken to, so that these sessions always agree.
    Configure(toR1.first, m_config.r1);
    Configure(toR1.second, m_config.r1);
    Configure(toR2.first, m_config.r2);
    Configure(toR2.second, m_config.r2);
}

void
BgpTopology::Configure(Ptr<BgpNeighbor> neighbor, const BgpScenarioConfig::End& end) const
{
    neighbor->SetAttribute("Profile", StringValue(end.profile));
    neighbor->SetAttribute("HoldTime", TimeValue(Max(end.holdTime, Seconds(-1))));
    neighbor->SetAttribute("KeepaliveTime", TimeValue(Max(end.keepaliveTime, Seconds(-1))));
}

void
BgpTopology::BuildTable()
{
    if (m_config.prefixes == 0)
    {
        return;
    }
    const BgpTableGenerator generator(STREAM_TABLE);
    for (const auto& entry : generator.Generate(m_config.prefixes))
    {
        speakers[1]->Announce(entry.prefix, entry.attributes);
    }
}

void
BgpTopology::Boot(Time longestPhase)
{
    Time phase;
    if (m_config.randomPhase)
    {
        Ptr<UniformRandomVariable> random = CreateObject<UniformRandomVariable>();
        random->SetStream(STREAM_PHASE);
        phase = Seconds(random->GetValue(0, longestPhase.GetSeconds()));
    }
    int64_t stream = STREAM_SPEAKERS;
    for (const auto& speaker : speakers)
    {
        speaker->SetStartTime(phase);
        speaker->AssignStreams(stream);
        stream += 10;
    }
}

} // namespace keepalive
} // namespace ns3
