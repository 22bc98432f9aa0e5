/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-loop.h"

#include "ns3/abort.h"
#include "ns3/node.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(EthernetLoop);

TypeId
EthernetLoop::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::EthernetLoop")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<EthernetLoop>();
    return tid;
}

EthernetLoop::EthernetLoop() = default;

EthernetLoop::~EthernetLoop() = default;

void
EthernetLoop::SetDevice(Ptr<NetDevice> device)
{
    NS_ABORT_MSG_IF(!device->SupportsSendFrom(),
                    "a device of type " << device->GetInstanceTypeId().GetName()
                                        << " cannot send what others sent: no loop there");
    m_device = device;
}

std::string
EthernetLoop::GetKind() const
{
    return "loopback";
}

void
EthernetLoop::DoFail()
{
    m_device->GetNode()->RegisterProtocolHandler(MakeCallback(&EthernetLoop::Reflect, this),
                                                 0, // all EtherTypes
                                                 m_device,
                                                 true); // whoever they are for
}

void
EthernetLoop::DoRepair()
{
    m_device->GetNode()->UnregisterProtocolHandler(MakeCallback(&EthernetLoop::Reflect, this));
}

void
EthernetLoop::Reflect(Ptr<NetDevice> device,
                      Ptr<const Packet> packet,
                      uint16_t protocol,
                      const Address& from,
                      const Address& to,
                      NetDevice::PacketType)
{
    device->SendFrom(packet->Copy(), from, to, protocol);
}

void
EthernetLoop::DoDispose()
{
    Ptr<Node> node;
    if (m_device)
    {
        node = m_device->GetNode();
    }
    if (node && HasFailed())
    {
        DoRepair(); // the node must not call what is gone
    }
    m_device = nullptr;
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
