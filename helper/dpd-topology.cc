/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-topology.h"

#include "dpd-scenario-law.h"
#include "topology-tools.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/ike-port.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 4;        //!< R1, A, B, R2
constexpr int64_t STREAM_STACK = 100;  //!< random streams of the IP stacks
constexpr int64_t STREAM_AGENTS = 500; //!< random streams of the agents

const Time NEVER = Seconds(4e8); //!< no run lasts as long

} // namespace

const char* const DpdTopology::ADDRESS_R1 = "10.1.0.1";
const char* const DpdTopology::ADDRESS_R2 = "10.2.0.2";

DpdTopology::DpdTopology(const DpdScenarioConfig& config)
    : m_config(config)
{
    BuildNodes();
    BuildQueue();
    BuildAssociation();
}

void
DpdTopology::BuildNodes()
{
    nodes.Create(N_NODES);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    const char* lan = "255.255.255.0";
    const auto& c = m_config;
    r1a = LinkNodes(nodes.Get(R1), nodes.Get(A), c.lanRate, c.lanDelay, "10.1.0.0", lan);
    ab = LinkNodes(nodes.Get(A), nodes.Get(B), c.linkRate, c.linkDelay, "10.0.0.0", lan);
    br2 = LinkNodes(nodes.Get(B), nodes.Get(R2), c.lanRate, c.lanDelay, "10.2.0.0", lan);
    stack.AssignStreams(nodes, STREAM_STACK);

    AddStaticRoute(nodes.Get(R1), "0.0.0.0", "0.0.0.0", "10.1.0.2", r1a.Get(0));
    AddStaticRoute(nodes.Get(R2), "0.0.0.0", "0.0.0.0", "10.2.0.1", br2.Get(1));
    AddStaticRoute(nodes.Get(A), "10.2.0.0", lan, "10.0.0.2", ab.Get(0));
    AddStaticRoute(nodes.Get(B), "10.1.0.0", lan, "10.0.0.1", ab.Get(1));
}

void
DpdTopology::BuildQueue()
{
    // Each interface has one queue. That of A towards B has the size that is configured.
    NetDeviceContainer others(r1a, br2);
    others.Add(ab.Get(1));
    TrafficControlHelper::Default().Uninstall(others);
    LimitQueue(ab.Get(0), m_config.queuePackets, false);
}

void
DpdTopology::BuildAssociation()
{
    DpdHelper helper;
    agents = helper.Install(nodes.Get(R1), ADDRESS_R1, nodes.Get(R2), ADDRESS_R2);
    Configure(agents.first, m_config.r1);
    Configure(agents.second, m_config.r2);
    DpdHelper::AssignStreams(agents, STREAM_AGENTS);
}

void
DpdTopology::Configure(Ptr<DpdAgent> agent, const DpdScenarioConfig::End& end) const
{
    agent->SetAttribute("Profile", StringValue(end.profile));
    // Both ends have agreed on one, whatever each would take by itself.
    agent->SetAttribute("CipherSuite", StringValue(DpdScenarioLaw::GetSuite(m_config)->name));
    agent->SetAttribute("Encapsulation",
                        EnumValue(m_config.encapsulation == IkePort::NAT_PORT ? DpdAgent::UDP_4500
                                                                              : DpdAgent::UDP_500));
    agent->SetAttribute("ReestablishDelay", TimeValue(m_config.reestablishDelay));
    const Time zero; // to an agent: as the profile has it
    agent->SetAttribute("Delay", TimeValue(end.delay.value_or(zero)));
    agent->SetAttribute("Retry", TimeValue(end.retry.value_or(zero)));
    agent->SetAttribute("Retries", UintegerValue(end.retries.value_or(0)));
    agent->SetAttribute("RetransmitBase", DoubleValue(end.base.value_or(0)));
    agent->SetAttribute("Timeout", TimeValue(end.timeout.value_or(zero)));
    agent->SetAttribute("RetransmitTimeout", TimeValue(end.retransmitTimeout.value_or(zero)));
    agent->SetAttribute("FinalWait", BooleanValue(end.finalWait.value_or(true)));
    if (end.onDemand)
    {
        agent->SetAttribute("Mode",
                            EnumValue(*end.onDemand ? DpdAgent::ON_DEMAND : DpdAgent::PERIODIC));
    }
    if (!end.dpd)
    {
        // It answers, and never comes to ask.
        agent->SetAttribute("Delay", TimeValue(NEVER));
        agent->SetAttribute("Timeout", TimeValue(2 * NEVER));
    }
}

} // namespace keepalive
} // namespace ns3
