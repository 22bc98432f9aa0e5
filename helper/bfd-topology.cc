/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-topology.h"

#include "bfd-helper.h"
#include "topology-tools.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/uinteger.h"

#include <tuple>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 4;           //!< H1, R1, R2, H2
constexpr uint8_t TOS_CONTROL = 0xc0;     //!< internetwork control, as routers set it
constexpr uint8_t TOS_PRIORITY = 0xd0;    //!< the same with low delay, see BfdScenarioConfig
constexpr int64_t STREAM_STACK = 100;     //!< random streams of the IP stacks
constexpr int64_t STREAM_SPEAKERS = 1000; //!< of the timers, ten for each speaker

} // namespace

const char* const BfdTopology::ADDRESS_R1 = "10.0.0.1";
const char* const BfdTopology::ADDRESS_R2 = "10.0.0.2";

BfdTopology::BfdTopology(const BfdScenarioConfig& config)
    : m_config(config)
{
    BuildNodes();
    BuildSession();
}

void
BfdTopology::BuildNodes()
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
    h1r1 = link(H1, R1, "10.1.0.0", lan);
    r1r2 = link(R1, R2, "10.0.0.0", "255.255.255.252");
    r2h2 = link(R2, H2, "10.2.0.0", lan);
    AddStaticRoute(nodes.Get(H1), "0.0.0.0", "0.0.0.0", "10.1.0.2", h1r1.Get(0));
    AddStaticRoute(nodes.Get(H2), "0.0.0.0", "0.0.0.0", "10.2.0.1", r2h2.Get(1));
    AddStaticRoute(nodes.Get(R1), "10.2.0.0", lan, ADDRESS_R2, r1r2.Get(0));
    AddStaticRoute(nodes.Get(R2), "10.1.0.0", lan, ADDRESS_R1, r1r2.Get(1));
    stack.AssignStreams(nodes, STREAM_STACK);
}

void
BfdTopology::BuildSession()
{
    BfdHelper bfd;
    bfd.SetAttribute("Offloaded", BooleanValue(m_config.offloaded));
    bfd.SetAttribute("Tos", UintegerValue(m_config.priority ? TOS_PRIORITY : TOS_CONTROL));
    speakers[0] = bfd.Install(nodes.Get(R1));
    speakers[1] = bfd.Install(nodes.Get(R2));
    std::tie(sessions[0], sessions[1]) =
        bfd.Connect(speakers[0], ADDRESS_R1, speakers[1], ADDRESS_R2);
    Configure(sessions[0], m_config.r1);
    Configure(sessions[1], m_config.r2);
    int64_t stream = STREAM_SPEAKERS;
    for (const auto& speaker : speakers)
    {
        speaker->AssignStreams(stream);
        stream += 10;
    }
}

void
BfdTopology::Configure(Ptr<BfdSession> session, const BfdScenarioConfig::End& end)
{
    session->SetAttribute("DesiredMinTxInterval", TimeValue(end.minTx));
    session->SetAttribute("RequiredMinRxInterval", TimeValue(end.minRx));
    session->SetAttribute("DetectMult", UintegerValue(end.multiplier));
    session->SetAttribute("Passive", BooleanValue(end.passive));
}

} // namespace keepalive
} // namespace ns3
