/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-topology.h"

#include "serial-helper.h"
#include "topology-tools.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t N_NODES = 5;        //!< H1, R1, R2, H2, B
constexpr uint32_t BACKUP_METRIC = 10; //!< of the floating static route
constexpr int64_t STREAM_STACK = 100;  //!< random streams of the IP stacks
constexpr int64_t STREAM_LINE = 1000;  //!< random streams of the line

/// Of all links but the line: never a bottleneck.
const char* const LAN_RATE = "10Mb/s";
const Time LAN_DELAY = MilliSeconds(1); //!< of all links but the line

/**
 * @brief A random variable between two bounds.
 * @param min least value
 * @param max largest value
 * @return the variable
 */
Ptr<RandomVariableStream>
MakeUniform(double min, double max)
{
    Ptr<UniformRandomVariable> variable = CreateObject<UniformRandomVariable>();
    variable->SetAttribute("Min", DoubleValue(min));
    variable->SetAttribute("Max", DoubleValue(max));
    return variable;
}

} // namespace

SerialTopology::SerialTopology(const SerialScenarioConfig& config)
    : m_config(config)
{
    BuildNodes();
    if (m_config.HasUsers())
    {
        BuildUserNetworks();
    }
    BuildLine();
    if (m_config.HasUsers())
    {
        BuildUserRoutes();
    }
    InternetStackHelper().AssignStreams(nodes, STREAM_STACK);
}

void
SerialTopology::BuildNodes()
{
    nodes.Create(N_NODES);
    const InternetStackHelper stack = MakeStaticStack();
    for (const uint32_t node : {R1, R2})
    {
        stack.Install(nodes.Get(node));
    }
}

void
SerialTopology::BuildUserNetworks()
{
    const InternetStackHelper stack = MakeStaticStack();
    for (const uint32_t node : {H1, H2, B})
    {
        stack.Install(nodes.Get(node));
    }
    const DataRate rate(LAN_RATE);
    const char* lan = "255.255.255.0";
    const char* link = "255.255.255.252";
    h1r1 = LinkNodes(nodes.Get(H1), nodes.Get(R1), rate, LAN_DELAY, "10.1.0.0", lan);
    r2h2 = LinkNodes(nodes.Get(R2), nodes.Get(H2), rate, LAN_DELAY, "10.2.0.0", lan);
    r1b = LinkNodes(nodes.Get(R1), nodes.Get(B), rate, LAN_DELAY, "10.0.3.0", link);
    br2 = LinkNodes(nodes.Get(B), nodes.Get(R2), rate, LAN_DELAY, "10.0.4.0", link);
}

void
SerialTopology::BuildLine()
{
    SerialHelper serial;
    serial.SetChannelAttribute("Delay", TimeValue(m_config.delay));
    serial.SetChannelAttribute("BitErrorRate", DoubleValue(m_config.bitErrorRate));
    serial.SetChannelAttribute("DtrDrivesCarrier", BooleanValue(m_config.dtrDrivesCarrier));
    Ptr<SerialChannel> channel = serial.CreateChannel();
    line.Add(InstallEnd(nodes.Get(R1), channel, m_config.r1));
    line.Add(InstallEnd(nodes.Get(R2), channel, m_config.r2));
    serial.AssignStreams(line, STREAM_LINE);

    Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
    addresses.Assign(line);
    for (const uint32_t end : {0, 1})
    {
        // One queue of one size: that of the interface.
        TrafficControlHelper::Default().Uninstall(line.Get(end));
        // Routing follows the line protocol.
        Ptr<Ipv4LineBinder> binder = CreateObject<Ipv4LineBinder>();
        binder->Bind(line.Get(end));
    }
}

Ptr<SerialNetDevice>
SerialTopology::InstallEnd(Ptr<Node> node,
                           Ptr<SerialChannel> channel,
                           const SerialScenarioConfig::End& end) const
{
    const bool hdlc = m_config.encapsulation == SerialScenarioConfig::Encapsulation::HDLC;
    // By their functions, not their names alone, which would not make a linker take them from a
    // static library.
    const TypeId type = hdlc ? HdlcNetDevice::GetTypeId() : PppNetDevice::GetTypeId();
    SerialHelper serial(type.GetName());
    serial.SetQueue("ns3::DropTailQueue", std::to_string(m_config.queuePackets) + "p");
    serial.SetDeviceAttribute("Name", StringValue(end.name));
    serial.SetDeviceAttribute("DataRate", DataRateValue(m_config.clock));
    serial.SetDeviceAttribute("Fcs", EnumValue(m_config.fcs));
    serial.SetDeviceAttribute("BitStuffing", BooleanValue(m_config.bitStuffing));
    serial.SetDeviceAttribute("CaptureFcs", BooleanValue(m_config.captureFcs));
    serial.SetDeviceAttribute("ControlPriority", BooleanValue(m_config.controlPriority));
    serial.SetDeviceAttribute("HoldTime", TimeValue(m_config.holdTime));
    serial.SetDeviceAttribute("KeepaliveUpCount", UintegerValue(m_config.upCount));
    serial.SetKeepalive(end.interval, end.retries);
    if (hdlc)
    {
        serial.SetDeviceAttribute("VerdictRule", EnumValue(m_config.hdlcRule));
        serial.SetDeviceAttribute("DownWhenLooped", BooleanValue(m_config.downWhenLooped));
        serial.SetDeviceAttribute("SlarpSize", UintegerValue(m_config.slarpSize));
    }
    else
    {
        const bool ios = m_config.pppRule == PppNetDevice::IOS;
        serial.SetDeviceAttribute("VerdictRule", EnumValue(m_config.pppRule));
        serial.SetDeviceAttribute("MagicNumber", UintegerValue(end.magic));
        serial.SetDeviceAttribute("EchoCarriesMagic", BooleanValue(ios));
        serial.SetDeviceAttribute("FirstEchoIdentifier", UintegerValue(ios ? 1 : 0));
    }
    // Random variables are not shared: each end draws from streams of its own.
    const bool stretched = end.stretchMin != 1 || end.stretchMax != 1;
    serial.SetDeviceAttribute(
        "KeepaliveStartPhase",
        PointerValue(end.phase < 0 ? MakeUniform(0, 1) : MakeUniform(end.phase, end.phase)));
    serial.SetDeviceAttribute(
        "KeepaliveJitter",
        PointerValue(stretched ? MakeUniform(end.stretchMin, end.stretchMax) : nullptr));
    return serial.InstallEnd(node, channel);
}

void
SerialTopology::BuildUserRoutes()
{
    Ptr<Node> r1 = nodes.Get(R1);
    Ptr<Node> r2 = nodes.Get(R2);
    const char* lan = "255.255.255.0";
    AddStaticRoute(nodes.Get(H1), "0.0.0.0", "0.0.0.0", "10.1.0.2", h1r1.Get(0));
    AddStaticRoute(nodes.Get(H2), "0.0.0.0", "0.0.0.0", "10.2.0.1", r2h2.Get(1));
    AddStaticRoute(r1, "10.2.0.0", lan, "10.0.0.2", line.Get(0));
    AddStaticRoute(r1, "10.2.0.0", lan, "10.0.3.2", r1b.Get(0), BACKUP_METRIC);
    AddStaticRoute(r2, "10.1.0.0", lan, "10.0.0.1", line.Get(1));
    AddStaticRoute(r2, "10.1.0.0", lan, "10.0.4.1", br2.Get(1), BACKUP_METRIC);
    AddStaticRoute(nodes.Get(B), "10.1.0.0", lan, "10.0.3.1", r1b.Get(1));
    AddStaticRoute(nodes.Get(B), "10.2.0.0", lan, "10.0.4.2", br2.Get(0));
}

} // namespace keepalive
} // namespace ns3
