/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-loop-station.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ethernet-header.h"
#include "ns3/log.h"
#include "ns3/node.h"

#include <algorithm>
#include <vector>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveEthernetLoopStation");

namespace
{

/// What a ping carries, as in the capture tcpdump-tests-loopback.
constexpr uint8_t PING_DATA = 0x55;

/**
 * @brief The group that all stations of the protocol listen to (DIX 2.0 chapter 8).
 * @return the loopback assistance multicast address
 */
Mac48Address
GetAssistanceAddress()
{
    return Mac48Address("cf:00:00:00:00:00");
}

/**
 * @brief Put a MAC header in front of a packet.
 * @param packet the payload
 * @param source the source address
 * @param destination the destination address
 * @return the same packet, now a frame
 */
Ptr<Packet>
AddMacHeader(Ptr<Packet> packet, Mac48Address source, Mac48Address destination)
{
    EthernetHeader mac(false);
    mac.SetSource(source);
    mac.SetDestination(destination);
    mac.SetLengthType(EthernetLoopHeader::ETHER_TYPE);
    packet->AddHeader(mac);
    return packet;
}

} // namespace

EthernetLoopStation::EthernetLoopStation(Owner& owner)
    : m_owner(owner)
{
}

EthernetLoopStation::~EthernetLoopStation() = default;

void
EthernetLoopStation::Attach(Ptr<NetDevice> device)
{
    NS_LOG_FUNCTION(this << device);
    NS_ABORT_MSG_IF(m_device, "a station has one device, and keeps it");
    const std::string name = device->GetInstanceTypeId().GetName();
    NS_ABORT_MSG_IF(!device->GetNode(), "a " << name << " that belongs to no node cannot hear");
    NS_ABORT_MSG_IF(!device->SupportsSendFrom() || device->IsPointToPoint() ||
                        !Mac48Address::IsMatchingType(device->GetAddress()),
                    "a " << name << " has no Ethernet frames to send keepalives in");
    m_device = device;
    // Promiscuously, because only then does ns-3 tell to which address a frame was sent.
    device->GetNode()->RegisterProtocolHandler(MakeCallback(&EthernetLoopStation::Receive, this),
                                               EthernetLoopHeader::ETHER_TYPE,
                                               device,
                                               true);
    m_seesMedium = device->TraceConnectWithoutContext(
        "PhyTxEnd",
        MakeCallback(&EthernetLoopStation::TransmissionEnded, this));
    device->TraceConnectWithoutContext(
        "PhyTxDrop",
        MakeCallback(&EthernetLoopStation::TransmissionFailed, this));
}

void
EthernetLoopStation::Detach()
{
    Forget();
    if (!m_device)
    {
        return;
    }
    m_device->TraceDisconnectWithoutContext(
        "PhyTxEnd",
        MakeCallback(&EthernetLoopStation::TransmissionEnded, this));
    m_device->TraceDisconnectWithoutContext(
        "PhyTxDrop",
        MakeCallback(&EthernetLoopStation::TransmissionFailed, this));
    Ptr<Node> node = m_device->GetNode();
    if (node)
    {
        node->UnregisterProtocolHandler(MakeCallback(&EthernetLoopStation::Receive, this));
    }
    m_device = nullptr;
}

Ptr<NetDevice>
EthernetLoopStation::GetDevice() const
{
    return m_device;
}

Mac48Address
EthernetLoopStation::GetAddress() const
{
    return Mac48Address::ConvertFrom(m_device->GetAddress());
}

// ---- outwards ----

Ptr<Packet>
EthernetLoopStation::MakeKeepalive() const
{
    const EthernetLoopHeader header;
    Ptr<Packet> packet =
        Create<Packet>(EthernetLoopHeader::MIN_PAYLOAD - header.GetSerializedSize());
    packet->AddHeader(header);
    return AddMacHeader(packet, GetAddress(), GetAddress());
}

Ptr<Packet>
EthernetLoopStation::MakeRequest(const EthernetLoopHeader& header,
                                 Mac48Address destination,
                                 uint32_t dataSize) const
{
    const std::vector<uint8_t> data(dataSize, PING_DATA);
    Ptr<Packet> packet = Create<Packet>(data.data(), dataSize);
    packet->AddHeader(header);
    if (packet->GetSize() < EthernetLoopHeader::MIN_PAYLOAD)
    {
        packet->AddAtEnd(Create<Packet>(EthernetLoopHeader::MIN_PAYLOAD - packet->GetSize()));
    }
    return AddMacHeader(packet, GetAddress(), destination);
}

bool
EthernetLoopStation::Send(Ptr<const Packet> frame, bool keepalive)
{
    const std::optional<DropReason> fault = m_owner.GetFault();
    if (fault)
    {
        m_owner.HandleDrop(frame, *fault);
        return false;
    }
    Ptr<Packet> packet = frame->Copy();
    EthernetHeader mac(false);
    packet->RemoveHeader(mac);
    if (packet->GetSize() > m_device->GetMtu())
    {
        m_owner.HandleDrop(frame, DropReason::TOO_BIG);
        return false;
    }
    // A device without a transmission time may have sent it before its Send returns.
    const uint64_t uid = packet->GetUid();
    if (keepalive && m_seesMedium)
    {
        m_pending.push_back(Pending{uid, frame});
    }
    if (!m_device->Send(packet, mac.GetDestination(), EthernetLoopHeader::ETHER_TYPE))
    {
        if (keepalive)
        {
            TakePending(uid);
        }
        m_owner.HandleDrop(frame, DropReason::QUEUE_FULL);
        return false;
    }
    if (keepalive && !m_seesMedium && IsReceiverOn())
    {
        m_owner.HandleKeepaliveSent(frame);
    }
    return true;
}

void
EthernetLoopStation::Forget()
{
    m_pending.clear();
}

bool
EthernetLoopStation::IsReceiverOn() const
{
    BooleanValue on(true);
    m_device->GetAttributeFailSafe("ReceiveEnable", on);
    return on.Get();
}

void
EthernetLoopStation::TransmissionEnded(Ptr<const Packet> packet)
{
    const Ptr<const Packet> frame = TakePending(packet->GetUid());
    if (frame && IsReceiverOn())
    {
        m_owner.HandleKeepaliveSent(frame);
    }
}

void
EthernetLoopStation::TransmissionFailed(Ptr<const Packet> packet)
{
    const Ptr<const Packet> frame = TakePending(packet->GetUid());
    if (frame)
    {
        m_owner.HandleDrop(frame, DropReason::NO_CARRIER);
    }
}

Ptr<const Packet>
EthernetLoopStation::TakePending(uint64_t uid)
{
    for (auto pending = m_pending.begin(); pending != m_pending.end(); ++pending)
    {
        if (pending->uid == uid)
        {
            const Ptr<const Packet> frame = pending->frame;
            m_pending.erase(pending);
            return frame;
        }
    }
    return nullptr;
}

// ---- inwards ----

void
EthernetLoopStation::Receive(Ptr<NetDevice> /* device */,
                             Ptr<const Packet> packet,
                             uint16_t /* protocol */,
                             const Address& source,
                             const Address& destination,
                             NetDevice::PacketType /* type */)
{
    const Mac48Address from = Mac48Address::ConvertFrom(source);
    const Mac48Address to = Mac48Address::ConvertFrom(destination);
    const bool assistance = to == GetAssistanceAddress();
    if (to != GetAddress() && !assistance)
    {
        return; // on its way to another station
    }
    const Ptr<const Packet> frame = AddMacHeader(packet->Copy(), from, to);
    const std::optional<DropReason> fault = m_owner.GetFault();
    if (fault)
    {
        m_owner.HandleDrop(frame, *fault);
        return;
    }
    Ptr<Packet> rest = packet->Copy();
    EthernetLoopHeader header;
    rest->RemoveHeader(header);
    if (header.GetError())
    {
        m_owner.HandleDrop(frame, *header.GetError());
    }
    else if (header.GetFunction() == EthernetLoopHeader::Function::FORWARD_DATA)
    {
        Forward(rest, header, frame);
    }
    else if (assistance)
    {
        m_owner.HandleDrop(frame, DropReason::BAD_ADDRESS); // nobody asked the whole group
    }
    else
    {
        m_owner.HandleReply(from, *header.GetReceiptNumber(), frame);
    }
}

void
EthernetLoopStation::Forward(Ptr<Packet> packet, EthernetLoopHeader header, Ptr<const Packet> frame)
{
    const std::optional<Mac48Address> next = header.Skip();
    // To a group one frame would become many, each of which might ask for many more.
    if (!next || next->IsGroup())
    {
        m_owner.HandleDrop(frame, DropReason::BAD_ADDRESS);
        return;
    }
    packet->AddHeader(header);
    const Ptr<const Packet> forwarded = AddMacHeader(packet, GetAddress(), *next);
    if (Send(forwarded, false))
    {
        m_owner.HandleForwarded(forwarded);
    }
}

} // namespace keepalive
} // namespace ns3
