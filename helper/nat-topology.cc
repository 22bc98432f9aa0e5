/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-topology.h"

#include "dpd-helper.h"
#include "nat-helper.h"
#include "tcp-keepalive-helper.h"
#include "topology-tools.h"

#include "ns3/address.h"
#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 4;        //!< R1, N, B, R2
constexpr int64_t STREAM_STACK = 100;  //!< random streams of the IP stacks
constexpr int64_t STREAM_AGENTS = 500; //!< random streams of the agents
constexpr uint32_t FIRST_SIZE = 1;     //!< octets of the first packet: too few for a call
const Time NEVER = Seconds(4e8);       //!< before an end asks that is not to
const Time FIRST_AT = MilliSeconds(1); //!< when it is sent: once everything has begun

} // namespace

const char* const NatTopology::ADDRESS_R1 = "10.1.0.1";
const char* const NatTopology::ADDRESS_NAT = "10.0.0.1";
const char* const NatTopology::ADDRESS_R2 = "10.2.0.2";

NatTopology::NatTopology(const NatScenarioConfig& config)
    : m_config(config)
{
    BuildNodes();
    BuildBox();
    if (config.mechanism == NatScenarioConfig::Mechanism::TCP)
    {
        BuildConnection();
    }
    else
    {
        BuildAssociation();
        BuildNatKeepalive();
    }
}

void
NatTopology::BuildNodes()
{
    nodes.Create(N_NODES);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    const char* lan = "255.255.255.0";
    const auto& c = m_config;
    r1n = LinkNodes(nodes.Get(R1), nodes.Get(N), c.lanRate, c.lanDelay, "10.1.0.0", lan);
    nb = LinkNodes(nodes.Get(N), nodes.Get(B), c.linkRate, c.linkDelay, "10.0.0.0", lan);
    br2 = LinkNodes(nodes.Get(B), nodes.Get(R2), c.lanRate, c.lanDelay, "10.2.0.0", lan);
    stack.AssignStreams(nodes, STREAM_STACK);

    AddStaticRoute(nodes.Get(R1), "0.0.0.0", "0.0.0.0", "10.1.0.2", r1n.Get(0));
    AddStaticRoute(nodes.Get(R2), "0.0.0.0", "0.0.0.0", "10.2.0.1", br2.Get(1));
    AddStaticRoute(nodes.Get(N), "10.2.0.0", lan, "10.0.0.2", nb.Get(0));
    if (c.nat.firewall)
    {
        AddStaticRoute(nodes.Get(B), "10.1.0.0", lan, "10.0.0.1", nb.Get(1));
    }
    // Each interface has one queue: that of its device.
    NetDeviceContainer all(r1n, nb);
    all.Add(br2);
    TrafficControlHelper::Default().Uninstall(all);
}

void
NatTopology::BuildBox()
{
    const NatScenarioConfig::Box& c = m_config.nat;
    NatHelper nat(c.profile);
    nat.SetAttribute("Firewall", BooleanValue(c.firewall));
    nat.SetAttribute("Mapping", EnumValue(c.mapping));
    nat.SetAttribute("Filtering", EnumValue(c.filtering));
    nat.SetAttribute("Refresh", EnumValue(c.refresh));
    nat.SetAttribute("Unknown", EnumValue(c.unknown));
    nat.SetAttribute("PreservePorts", EnumValue(c.preservePorts));
    nat.SetAttribute("UdpTimeout", TimeValue(c.udpTimeout));
    nat.SetAttribute("UdpStreamTimeout", TimeValue(c.udpTimeout));
    nat.SetAttribute("TcpEstablishedTimeout", TimeValue(c.tcpTimeout));
    box = nat.Install(nb.Get(0));
}

// ---- IKE ----

void
NatTopology::BuildAssociation()
{
    // Where R2 finds R1: there, and on port 4500, until a packet tells it of another port.
    const char* inside = m_config.nat.firewall ? ADDRESS_R1 : ADDRESS_NAT;
    DpdHelper helper;
    const DpdHelper::Pair pair = helper.Install(nodes.Get(R1), inside, nodes.Get(R2), ADDRESS_R2);
    agents = {pair.first, pair.second};
    Configure(agents[0], m_config.r1);
    Configure(agents[1], m_config.r2);
    DpdHelper::AssignStreams(pair, STREAM_AGENTS);
    Simulator::Schedule(FIRST_AT, &NatTopology::SendFirst, agents[0]);
}

void
NatTopology::Configure(Ptr<DpdAgent> agent, const NatScenarioConfig::End& end) const
{
    const auto& c = m_config;
    const Time zero; // to an agent: as the profile has it
    agent->SetAttribute("Profile", StringValue(c.profile));
    agent->SetAttribute("Encapsulation", EnumValue(DpdAgent::UDP_4500));
    agent->SetAttribute("ReestablishDelay", TimeValue(c.reestablishDelay));
    agent->SetAttribute("Delay", TimeValue(c.idle.value_or(zero)));
    agent->SetAttribute("Retry", TimeValue(c.interval.value_or(zero)));
    agent->SetAttribute("Retries", UintegerValue(c.probes.value_or(0)));
    if (c.mechanism == NatScenarioConfig::Mechanism::NONE || !end.keepalive)
    {
        // It answers, and never comes to ask.
        agent->SetAttribute("Delay", TimeValue(NEVER));
        agent->SetAttribute("Timeout", TimeValue(2 * NEVER));
    }
}

void
NatTopology::SendFirst(Ptr<DpdAgent> agent)
{
    agent->SendData(Create<Packet>(FIRST_SIZE));
}

void
NatTopology::BuildNatKeepalive()
{
    Ptr<IkeAssociation> association = agents[0]->GetAssociation();
    keepalive = CreateObject<NatKeepalive>();
    nodes.Get(R1)->AggregateObject(keepalive); // so that it is a part of its node
    keepalive->SetSend(MakeBoundCallback(&NatTopology::SendKeepalive, association));
    association->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&NatTopology::Sent, PeekPointer(keepalive)));
    if (m_config.natKeepalive.IsStrictlyPositive())
    {
        keepalive->SetAttribute("Interval", TimeValue(m_config.natKeepalive));
        keepalive->Start();
    }
}

void
NatTopology::SendKeepalive(Ptr<IkeAssociation> association, Ptr<Packet>)
{
    association->SendNatKeepalive(); // which is the same octet
}

void
NatTopology::Sent(NatKeepalive* keepalive, Ptr<const Packet>, IkeDatagram)
{
    keepalive->NotifySent();
}

// ---- TCP ----

void
NatTopology::BuildConnection()
{
    programs[1] = InstallEnd(nodes.Get(R2), m_config.r2);
    programs[1]->SetAttribute(
        "Local",
        AddressValue(InetSocketAddress(Ipv4Address::GetAny(), m_config.port)));
    programs[0] = InstallEnd(nodes.Get(R1), m_config.r1);
    programs[0]->SetAttribute("Remote", AddressValue(InetSocketAddress(ADDRESS_R2, m_config.port)));
    programs[0]->SetAttribute("ReconnectDelay", TimeValue(m_config.reconnectDelay));
    programs[0]->SetAttribute("LongestReconnectDelay", TimeValue(m_config.longestReconnectDelay));
    programs[0]->SetAttribute("ConnectTimeout", TimeValue(m_config.connectTimeout));
}

Ptr<TcpKeepaliveApplication>
NatTopology::InstallEnd(Ptr<Node> node, const NatScenarioConfig::End& end) const
{
    const auto& c = m_config;
    TcpKeepaliveHelper tcp(c.profile);
    tcp.SetAttribute("KeepaliveEnabled", BooleanValue(end.keepalive));
    tcp.SetAttribute("KeepaliveIdle", TimeValue(c.idle.value_or(Seconds(0))));
    tcp.SetAttribute("KeepaliveInterval", TimeValue(c.interval.value_or(Seconds(0))));
    tcp.SetAttribute("KeepaliveProbes", UintegerValue(c.probes.value_or(0)));
    tcp.Install(node);

    Ptr<TcpKeepaliveApplication> application = CreateObject<TcpKeepaliveApplication>();
    application->SetAttribute("DataPeriod", TimeValue(end.dataPeriod));
    application->SetAttribute("DataSize", UintegerValue(c.dataSize));
    node->AddApplication(application);
    return application;
}

} // namespace keepalive
} // namespace ns3
