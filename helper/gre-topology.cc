/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-topology.h"

#include "gre-tunnel-helper.h"
#include "topology-tools.h"

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/integer.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/rip-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <optional>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 6;          //!< H1, R1, C, R2, H2, B
constexpr uint32_t BACKUP_METRIC = 10;   //!< of the floating static route
constexpr int64_t STREAM_STACK = 100;    //!< random streams of the IP stacks
constexpr int64_t STREAM_TUNNELS = 1000; //!< random streams of the tunnels

} // namespace

GreTopology::GreTopology(const GreScenarioConfig& config)
    : m_config(config),
      // A routing protocol has users itself.
      m_users(config.HasUsers() || config.routing != GreScenarioConfig::Routing::STATIC)
{
    BuildNodes();
    BuildLinks();
    BuildTunnels();
    BuildRoutes();
    if (m_users)
    {
        BuildUserRoutes();
    }
}

void
GreTopology::BuildNodes()
{
    nodes.Create(N_NODES);

    const InternetStackHelper plain = MakeStaticStack();
    InternetStackHelper edge = plain;
    if (m_config.routing == GreScenarioConfig::Routing::RIP)
    {
        RipHelper rip;
        for (const uint32_t node : {R1, R2})
        {
            // Neither the loopback, with the tunnel's source, nor the core: a tunnel that learns
            // its own transport through its backup would never see the failure.
            rip.ExcludeInterface(nodes.Get(node), 0);
            rip.ExcludeInterface(nodes.Get(node), 2);
        }
        Ipv4ListRoutingHelper list;
        list.Add(Ipv4StaticRoutingHelper(), 10);
        list.Add(rip, 0);
        edge.SetRoutingHelper(list);
    }
    for (const uint32_t node : {R1, R2})
    {
        edge.Install(nodes.Get(node));
    }
    plain.Install(nodes.Get(C));
    if (m_users)
    {
        plain.Install(nodes.Get(H1));
        plain.Install(nodes.Get(H2));
        edge.Install(nodes.Get(B));
    }
}

void
GreTopology::BuildLinks()
{
    const char* lan = "255.255.255.0";
    const char* link = "255.255.255.252";
    // In this order the core is interface 2 of R1 and R2, as excluded above.
    if (m_users)
    {
        h1r1 = Link(H1, R1, "10.1.0.0", lan);
        r2h2 = Link(R2, H2, "10.2.0.0", lan);
    }
    r1c = Link(R1, C, "10.0.1.0", link);
    cr2 = Link(C, R2, "10.0.2.0", link);
    if (m_users)
    {
        r1b = Link(R1, B, "10.0.3.0", link);
        br2 = Link(B, R2, "10.0.4.0", link);
    }

    const std::pair<uint32_t, Ipv4Address> loopbacks[] = {{R1, m_config.address1},
                                                          {R2, m_config.address2}};
    for (const auto& [node, address] : loopbacks)
    {
        Ptr<Ipv4> ipv4 = nodes.Get(node)->GetObject<Ipv4>();
        ipv4->AddAddress(0, Ipv4InterfaceAddress(address, Ipv4Mask::GetOnes()));
    }
}

void
GreTopology::BuildTunnels()
{
    GreTunnelHelper gre;
    gre.SetDeviceAttribute("VerdictRule", EnumValue(m_config.rule));
    gre.SetDeviceAttribute("HoldTime", TimeValue(m_config.holdTime));
    gre.SetDeviceAttribute("Checksum", BooleanValue(m_config.checksum));
    gre.SetDeviceAttribute("SequenceNumbers", BooleanValue(m_config.sequenceNumbers));
    gre.SetDeviceAttribute("Tos", IntegerValue(m_config.tos));
    gre.SetDeviceAttribute("Ttl", UintegerValue(m_config.ttl));
    gre.SetDeviceAttribute("KeepalivePriority", IntegerValue(m_config.keepalivePriority));
    gre.SetDeviceAttribute("KeepaliveTos", UintegerValue(m_config.keepaliveTos));
    if (!m_config.randomPhase)
    {
        gre.SetDeviceAttribute("KeepaliveStartPhase",
                               StringValue("ns3::ConstantRandomVariable[Constant=0]"));
    }

    std::vector<std::optional<uint32_t>> keys(m_config.keys.begin(), m_config.keys.end());
    if (keys.empty())
    {
        keys.emplace_back(std::nullopt);
    }
    for (const auto& key : keys)
    {
        gre.SetKey(key);
        gre.SetKeepalive(m_config.r1.interval, m_config.r1.retries);
        tunnels.Add(gre.InstallEnd(nodes.Get(R1), m_config.address1, m_config.address2));
        gre.SetKeepalive(m_config.r2.interval, m_config.r2.retries);
        Ptr<GreTunnelDevice> end2 =
            gre.InstallEnd(nodes.Get(R2), m_config.address2, m_config.address1);
        end2->SetAttribute("DropPayloadToEncapsulator",
                           BooleanValue(m_config.dropPayloadToEncapsulator));
        end2->SetAttribute("StrictReversePath", BooleanValue(m_config.strictReversePath));
        end2->SetAttribute("DropLocalSource", BooleanValue(m_config.dropLocalSource));
        tunnels.Add(end2);
    }
    gre.AssignStreams(tunnels, STREAM_TUNNELS);

    // Only the first tunnel is numbered and carries traffic; the others just live beside it.
    Ipv4AddressHelper addresses("1.1.1.0", "255.255.255.240");
    addresses.Assign(NetDeviceContainer(tunnels.Get(0), tunnels.Get(1)));
}

void
GreTopology::BuildRoutes()
{
    Ptr<Node> r1 = nodes.Get(R1);
    Ptr<Node> r2 = nodes.Get(R2);
    Ptr<Node> core = nodes.Get(C);
    const char* host = "255.255.255.255";

    // The underlay: the core knows the tunnel's ends, and they each other.
    AddStaticRoute(core, m_config.address1, host, "10.0.1.1", r1c.Get(1));
    AddStaticRoute(core, m_config.address2, host, "10.0.2.2", cr2.Get(0));
    AddStaticRoute(r1, m_config.address2, host, "10.0.1.2", r1c.Get(0));
    AddStaticRoute(r2, m_config.address1, host, "10.0.2.1", cr2.Get(1));

    // Routing follows the line protocol of the tunnel.
    for (const uint32_t end : {0, 1})
    {
        Ptr<Ipv4LineBinder> binder = CreateObject<Ipv4LineBinder>();
        binder->Bind(tunnels.Get(end));
    }

    int64_t stream = STREAM_STACK;
    InternetStackHelper stack;
    stream += stack.AssignStreams(nodes, stream);
    if (m_config.routing == GreScenarioConfig::Routing::RIP)
    {
        RipHelper rip;
        rip.AssignStreams(nodes, stream);
    }
}

void
GreTopology::BuildUserRoutes()
{
    Ptr<Node> r1 = nodes.Get(R1);
    Ptr<Node> r2 = nodes.Get(R2);
    const char* lan = "255.255.255.0";
    AddStaticRoute(nodes.Get(H1), "0.0.0.0", "0.0.0.0", "10.1.0.2", h1r1.Get(0));
    AddStaticRoute(nodes.Get(H2), "0.0.0.0", "0.0.0.0", "10.2.0.1", r2h2.Get(1));
    if (m_config.routing == GreScenarioConfig::Routing::STATIC)
    {
        AddStaticRoute(r1, "10.2.0.0", lan, "1.1.1.2", tunnels.Get(0));
        AddStaticRoute(r1, "10.2.0.0", lan, "10.0.3.2", r1b.Get(0), BACKUP_METRIC);
        AddStaticRoute(r2, "10.1.0.0", lan, "1.1.1.1", tunnels.Get(1));
        AddStaticRoute(r2, "10.1.0.0", lan, "10.0.4.1", br2.Get(1), BACKUP_METRIC);
        AddStaticRoute(nodes.Get(B), "10.1.0.0", lan, "10.0.3.1", r1b.Get(1));
        AddStaticRoute(nodes.Get(B), "10.2.0.0", lan, "10.0.4.2", br2.Get(0));
    }
}

NetDeviceContainer
GreTopology::Link(uint32_t a, uint32_t b, const char* network, const char* mask) const
{
    const bool contended = m_users || m_config.load > 0 || m_config.keys.size() > 1;
    return LinkNodes(nodes.Get(a),
                     nodes.Get(b),
                     m_config.linkRate,
                     m_config.linkDelay,
                     network,
                     mask,
                     contended);
}

} // namespace keepalive
} // namespace ns3
