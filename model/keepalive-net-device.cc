/* SPDX-License-Identifier: GPL-2.0-only */

#include "keepalive-net-device.h"

#include "ns3/channel.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveNetDevice");
NS_OBJECT_ENSURE_REGISTERED(KeepaliveNetDevice);

TypeId
KeepaliveNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::KeepaliveNetDevice")
            .SetParent<NetDevice>()
            .SetGroupName("Keepalive")
            .AddAttribute(
                "Name",
                "Name of the interface on a console, such as Tunnel0. Empty, the "
                "default, leaves it the name of its kind.",
                StringValue(""),
                MakeStringAccessor(&KeepaliveNetDevice::SetName, &KeepaliveNetDevice::GetName),
                MakeStringChecker())
            .AddTraceSource("LineProtocol",
                            "This end now trusts, or no longer trusts, the other end.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_lineProtocolTrace),
                            "ns3::keepalive::DetectionEvent::TracedCallback")
            .AddTraceSource("AdminState",
                            "The operator shut the interface, or enabled it again.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_adminStateTrace),
                            "ns3::keepalive::KeepaliveNetDevice::AdminStateTracedCallback")
            .AddTraceSource("Power",
                            "The node lost its power, or booted.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_powerTrace),
                            "ns3::keepalive::KeepaliveNetDevice::PowerTracedCallback")
            .AddTraceSource(
                "KeepaliveTx",
                "A keepalive of this end is about to be sent; if it cannot be, a Drop follows.",
                MakeTraceSourceAccessor(&KeepaliveNetDevice::m_keepaliveTxTrace),
                "ns3::keepalive::KeepaliveNetDevice::KeepaliveTracedCallback")
            .AddTraceSource("KeepaliveRx",
                            "Evidence of life: a keepalive of this end was answered, or one of "
                            "the peer arrived.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_keepaliveRxTrace),
                            "ns3::keepalive::KeepaliveNetDevice::KeepaliveTracedCallback")
            .AddTraceSource("Drop",
                            "A packet went no further, with the reason.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback")
            .AddTraceSource("BytesTx",
                            "A packet was sent; its size with all headers of this interface.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_bytesTxTrace),
                            "ns3::keepalive::KeepaliveNetDevice::BytesTracedCallback")
            .AddTraceSource("BytesRx",
                            "A packet was accepted; its size with all headers of this interface.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_bytesRxTrace),
                            "ns3::keepalive::KeepaliveNetDevice::BytesTracedCallback")
            .AddTraceSource("MacTx",
                            "A packet was accepted for sending.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_macTxTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("MacRx",
                            "A packet was handed to the node.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_macRxTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PromiscSniffer",
                            "A packet as a packet capture on this interface sees it.",
                            MakeTraceSourceAccessor(&KeepaliveNetDevice::m_snifferTrace),
                            "ns3::Packet::TracedCallback");
    return tid;
}

KeepaliveNetDevice::KeepaliveNetDevice(const std::string& mechanism, const char* name)
    : m_line(mechanism),
      m_name(name)
{
    m_line.SetReport(MakeCallback(&KeepaliveNetDevice::ReportLine, this));
}

KeepaliveNetDevice::~KeepaliveNetDevice() = default;

void
KeepaliveNetDevice::DoInitialize()
{
    m_initialized = true;
    UpdateRunning(LineCause::NODE_BOOTED);
    NetDevice::DoInitialize();
}

void
KeepaliveNetDevice::DoDispose()
{
    if (m_running)
    {
        m_running = false;
        StopProtocol();
    }
    m_node = nullptr;
    m_rxCallback = NetDevice::ReceiveCallback();
    m_promiscRxCallback = NetDevice::PromiscReceiveCallback();
    NetDevice::DoDispose();
}

// ---- administrative state, power, line state ----

void
KeepaliveNetDevice::SetAdminUp(bool up)
{
    NS_LOG_FUNCTION(this << up);
    if (m_adminUp == up)
    {
        return;
    }
    m_adminUp = up;
    m_adminStateTrace(up);
    UpdateSignals();
    UpdateRunning(up ? LineCause::ADMIN_ENABLED : LineCause::ADMIN_SHUTDOWN);
}

bool
KeepaliveNetDevice::IsAdminUp() const
{
    return m_adminUp;
}

void
KeepaliveNetDevice::SetPowered(bool powered)
{
    NS_LOG_FUNCTION(this << powered);
    if (m_powered == powered)
    {
        return;
    }
    m_powered = powered;
    if (!powered)
    {
        ForgetState();
    }
    else
    {
        SetControlPlaneStalled(false); // a reboot ends a stall; nothing that the line does can
    }
    m_powerTrace(powered);
    UpdateSignals();
    UpdateRunning(powered ? LineCause::NODE_BOOTED : LineCause::NODE_CRASHED);
}

bool
KeepaliveNetDevice::IsPowered() const
{
    return m_powered;
}

void
KeepaliveNetDevice::ForgetState()
{
}

void
KeepaliveNetDevice::UpdateSignals()
{
}

void
KeepaliveNetDevice::UpdateRunning(LineCause cause)
{
    const bool able = m_powered && m_adminUp && m_physicalUp;
    const bool run = m_initialized && able;
    if (!m_initialized)
    {
        m_line.Set(able && m_trusting, cause); // so that routing is right from the start
    }
    if (run == m_running)
    {
        return;
    }
    m_running = run;
    if (run)
    {
        // A fresh interface trusts its peer until shown otherwise, as router tunnels do. The line
        // comes up before the protocol starts, so that its first verdict is not overwritten.
        m_line.Set(m_trusting, cause);
        if (m_running) // whoever heard of it may have shut the interface
        {
            StartProtocol();
        }
    }
    else
    {
        StopProtocol();
        m_line.Set(false, cause);
    }
}

void
KeepaliveNetDevice::SetTrusting(bool trusting)
{
    m_trusting = trusting;
    if (!m_initialized)
    {
        m_line.Initialize(m_powered && m_adminUp && m_physicalUp && trusting);
    }
}

bool
KeepaliveNetDevice::IsTrusting() const
{
    return m_trusting;
}

void
KeepaliveNetDevice::SetPhysicalUp(bool up)
{
    m_physicalUp = up;
    UpdateRunning(up ? LineCause::CARRIER_RESTORED : LineCause::CARRIER_LOST);
}

bool
KeepaliveNetDevice::IsPhysicalUp() const
{
    return m_physicalUp;
}

bool
KeepaliveNetDevice::IsRunning() const
{
    return m_running;
}

LineProtocol&
KeepaliveNetDevice::GetLineProtocol()
{
    return m_line;
}

bool
KeepaliveNetDevice::IsLineUp() const
{
    return m_line.IsUp();
}

void
KeepaliveNetDevice::SetLineHeldDown(bool held, LineCause cause)
{
    m_line.SetHeldDown(held, cause);
}

Time
KeepaliveNetDevice::GetLastLineChange() const
{
    return m_line.GetLastChange();
}

const std::string&
KeepaliveNetDevice::GetMechanism() const
{
    return m_line.GetMechanism();
}

void
KeepaliveNetDevice::ReportLine(DetectionEvent& event)
{
    event.nodeId = m_node ? m_node->GetId() : 0;
    event.ifIndex = m_ifIndex;
    m_lineProtocolTrace(event);
}

bool
KeepaliveNetDevice::IsLinkUp() const
{
    return m_adminUp && m_powered && m_physicalUp && m_line.IsUp();
}

void
KeepaliveNetDevice::AddLinkChangeCallback(Callback<void> callback)
{
    m_line.AddLinkChangeCallback(callback);
}

// ---- accounting ----

const InterfaceCounters&
KeepaliveNetDevice::GetCounters() const
{
    return m_counters;
}

void
KeepaliveNetDevice::CountTx(uint32_t bytes)
{
    m_counters.txPackets++;
    m_counters.txBytes += bytes;
    m_counters.lastOutput = Simulator::Now();
    m_bytesTxTrace(bytes);
}

void
KeepaliveNetDevice::CountRx(uint32_t bytes)
{
    m_counters.rxPackets++;
    m_counters.rxBytes += bytes;
    m_counters.lastInput = Simulator::Now();
    m_bytesRxTrace(bytes);
}

void
KeepaliveNetDevice::DropTx(Ptr<const Packet> packet, DropReason reason)
{
    NS_LOG_INFO(m_name << " drops an outgoing packet: " << ToString(reason));
    m_counters.txDrops++;
    m_dropTrace(packet, reason);
}

void
KeepaliveNetDevice::DropRx(Ptr<const Packet> packet, DropReason reason)
{
    NS_LOG_INFO(m_name << " drops an incoming packet: " << ToString(reason));
    m_counters.rxDrops++;
    m_dropTrace(packet, reason);
}

void
KeepaliveNetDevice::ForwardUp(Ptr<Packet> packet, uint16_t protocolNumber)
{
    m_macRxTrace(packet);
    if (!m_promiscRxCallback.IsNull())
    {
        m_promiscRxCallback(this,
                            packet,
                            protocolNumber,
                            GetBroadcast(),
                            m_address,
                            NetDevice::PACKET_HOST);
    }
    if (!m_rxCallback.IsNull())
    {
        m_rxCallback(this, packet, protocolNumber, GetBroadcast());
    }
}

// ---- what every NetDevice must say of itself ----

std::string
KeepaliveNetDevice::GetName() const
{
    return m_name;
}

void
KeepaliveNetDevice::SetName(const std::string& name)
{
    if (!name.empty())
    {
        m_name = name;
    }
}

void
KeepaliveNetDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
KeepaliveNetDevice::GetIfIndex() const
{
    return m_ifIndex;
}

Ptr<Channel>
KeepaliveNetDevice::GetChannel() const
{
    return nullptr;
}

void
KeepaliveNetDevice::SetAddress(Address address)
{
    m_address = Mac48Address::ConvertFrom(address);
}

Address
KeepaliveNetDevice::GetAddress() const
{
    return m_address;
}

bool
KeepaliveNetDevice::SetMtu(const uint16_t mtu)
{
    m_mtu = mtu;
    return true;
}

uint16_t
KeepaliveNetDevice::GetMtu() const
{
    return m_mtu;
}

bool
KeepaliveNetDevice::IsBroadcast() const
{
    return true;
}

Address
KeepaliveNetDevice::GetBroadcast() const
{
    return Mac48Address::GetBroadcast();
}

bool
KeepaliveNetDevice::IsMulticast() const
{
    // Routing protocols send their hellos and updates to multicast groups; on a line with one
    // other end there is nothing to resolve.
    return true;
}

Address
KeepaliveNetDevice::GetMulticast(Ipv4Address multicastGroup) const
{
    return Mac48Address::GetMulticast(multicastGroup);
}

Address
KeepaliveNetDevice::GetMulticast(Ipv6Address addr) const
{
    return Mac48Address::GetMulticast(addr);
}

bool
KeepaliveNetDevice::IsBridge() const
{
    return false;
}

bool
KeepaliveNetDevice::IsPointToPoint() const
{
    return true;
}

bool
KeepaliveNetDevice::SendFrom(Ptr<Packet> packet,
                             const Address& /* source */,
                             const Address& dest,
                             uint16_t protocolNumber)
{
    return Send(packet, dest, protocolNumber);
}

Ptr<Node>
KeepaliveNetDevice::GetNode() const
{
    return m_node;
}

void
KeepaliveNetDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

bool
KeepaliveNetDevice::NeedsArp() const
{
    return false;
}

void
KeepaliveNetDevice::SetReceiveCallback(NetDevice::ReceiveCallback cb)
{
    m_rxCallback = cb;
}

void
KeepaliveNetDevice::SetPromiscReceiveCallback(NetDevice::PromiscReceiveCallback cb)
{
    m_promiscRxCallback = cb;
}

bool
KeepaliveNetDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace keepalive
} // namespace ns3
