/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-keepalive-socket-factory.h"

#include "tcp-keepalive-socket.h"

#include "ns3/abort.h"
#include "ns3/node.h"
#include "ns3/rtt-estimator.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-recovery-ops.h"
#include "ns3/type-id.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(TcpKeepaliveSocketFactory);

namespace
{

/**
 * @brief Create an object of the type that an attribute names.
 * @tparam T its base class
 * @param tcp has the attribute
 * @param attribute name of the attribute
 * @return the object
 */
template <class T>
Ptr<T>
CreateNamed(Ptr<TcpL4Protocol> tcp, const char* attribute)
{
    TypeIdValue type;
    tcp->GetAttribute(attribute, type);
    ObjectFactory factory;
    factory.SetTypeId(type.Get());
    return factory.Create<T>();
}

} // namespace

TypeId
TcpKeepaliveSocketFactory::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::TcpKeepaliveSocketFactory")
                            .SetParent<SocketFactory>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<TcpKeepaliveSocketFactory>();
    return tid;
}

TcpKeepaliveSocketFactory::TcpKeepaliveSocketFactory()
{
    m_factory.SetTypeId(TcpKeepaliveSocket::GetTypeId());
}

TcpKeepaliveSocketFactory::~TcpKeepaliveSocketFactory() = default;

void
TcpKeepaliveSocketFactory::SetSocketAttribute(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

void
TcpKeepaliveSocketFactory::SetSocketAttributes(const ObjectFactory& factory)
{
    m_factory = factory;
}

Ptr<Socket>
TcpKeepaliveSocketFactory::CreateSocket()
{
    const Ptr<TcpL4Protocol> tcp = GetObject<TcpL4Protocol>();
    NS_ABORT_MSG_IF(!tcp, "TcpKeepaliveSocketFactory: the node has no TCP");
    const Ptr<TcpKeepaliveSocket> socket = m_factory.Create<TcpKeepaliveSocket>();
    socket->SetNode(GetObject<Node>());
    socket->SetTcp(tcp);
    socket->SetRtt(CreateNamed<RttEstimator>(tcp, "RttEstimatorType"));
    socket->SetCongestionControlAlgorithm(CreateNamed<TcpCongestionOps>(tcp, "SocketType"));
    socket->SetRecoveryAlgorithm(CreateNamed<TcpRecoveryOps>(tcp, "RecoveryType"));
    tcp->AddSocket(socket); // or it would go with the application's last reference
    return socket;
}

} // namespace keepalive
} // namespace ns3
