/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-agent.h"

#include "ike-port.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>
#include <vector>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveDpdAgent");

NS_OBJECT_ENSURE_REGISTERED(DpdAgent);

namespace
{

/**
 * @brief Numbers that both ends find by themselves: as if they had agreed on them.
 * @param seed what they have in common
 * @param salt which number
 * @return a number that looks random; not 0
 */
uint64_t
Mix(uint64_t seed, uint64_t salt)
{
    uint64_t x = seed * 0x9e3779b97f4a7c15ULL + salt * 0xd1342543de82ef95ULL;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
    return (x ^ x >> 31) | 1;
}

/**
 * @brief The present time.
 * @return in ns
 */
int64_t
Now()
{
    return Simulator::Now().GetNanoSeconds();
}

} // namespace

TypeId
DpdAgent::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::DpdAgent")
                            .SetParent<DpdConfiguredApplication>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<DpdAgent>()
                            .AddTraceSource("LineProtocol",
                                            "The peer was given up, or an SA was established.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_lineTrace),
                                            "ns3::keepalive::DetectionEvent::TracedCallback")
                            .AddTraceSource("RequestTx",
                                            "A request left: R-U-THERE, or an empty INFORMATIONAL.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_requestTxTrace),
                                            "ns3::keepalive::DpdAgent::MessageTracedCallback")
                            .AddTraceSource("RequestRx",
                                            "A valid request of the peer arrived.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_requestRxTrace),
                                            "ns3::keepalive::DpdAgent::MessageTracedCallback")
                            .AddTraceSource("ReplyTx",
                                            "A request was answered.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_replyTxTrace),
                                            "ns3::keepalive::DpdAgent::MessageTracedCallback")
                            .AddTraceSource("ReplyRx",
                                            "The answer to the last request arrived.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_replyRxTrace),
                                            "ns3::keepalive::DpdAgent::MessageTracedCallback")
                            .AddTraceSource("SetupTx",
                                            "An attempt to set up a new SA.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_setupTxTrace),
                                            "ns3::Packet::TracedCallback")
                            .AddTraceSource("DataTx",
                                            "Data left through the ESP SA.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_dataTxTrace),
                                            "ns3::Packet::TracedCallback")
                            .AddTraceSource("DataRx",
                                            "Data arrived through the ESP SA.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_dataRxTrace),
                                            "ns3::Packet::TracedCallback")
                            .AddTraceSource("Drop",
                                            "A message, or data, that went no further.",
                                            MakeTraceSourceAccessor(&DpdAgent::m_dropTrace),
                                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

DpdAgent::DpdAgent()
    : m_random(CreateObject<UniformRandomVariable>()),
      m_association(CreateObject<IkeAssociation>()),
      m_line("dpd"),
      m_decision(GetSettings())
{
    m_line.SetReport(MakeCallback(&DpdAgent::Report, this));
    m_timer.SetExpired(MakeCallback(&DpdAgent::Wake, this));
}

DpdAgent::~DpdAgent() = default;

void
DpdAgent::DoDispose()
{
    StopApplication();
    m_association->Dispose();
    DpdConfiguredApplication::DoDispose();
}

// ---- the SA ----

void
DpdAgent::StartApplication()
{
    const std::string error = Check();
    NS_ABORT_MSG_IF(!error.empty(), "DpdAgent: " << error);
    m_profile = GetProfile();
    m_suite = GetCipherSuite();
    m_decision = DpdDecision(GetSettings());
    const bool nat = m_encapsulation == UDP_4500;
    const uint16_t port = nat ? IkePort::NAT_PORT : IkePort::IKE_PORT;
    m_association->SetNatTraversal(nat);
    m_association->SetRemote({m_remoteAddress, m_remotePort == 0 ? port : m_remotePort});
    m_association->Open(IkePort::Of(GetNode()), this);
    IkePort::Of(GetNode())->SetPowered(m_powered);
    m_running = true;
    if (m_powered)
    {
        const auto delay = static_cast<double>(m_decision.GetSettings().delay);
        const auto passed = static_cast<int64_t>(delay * m_startPhase->GetValue());
        Establish(Mix(m_saId, 1), Mix(m_saId, 2), m_initiator, Now() - passed);
    }
}

void
DpdAgent::StopApplication()
{
    m_running = false;
    m_overdue = false;
    m_timer.Stop();
    m_setup.Cancel();
    m_association->Close();
}

void
DpdAgent::Establish(uint64_t initiatorCookie,
                    uint64_t responderCookie,
                    bool initiator,
                    int64_t alive)
{
    m_setup.Cancel();
    m_attempt = 0;
    m_overdue = false;
    m_exchange.Start(*m_profile, *m_suite, initiatorCookie, responderCookie, initiator, m_random);
    const uint64_t both = initiatorCookie ^ responderCookie;
    const auto toInitiator = static_cast<uint32_t>(Mix(both, 3));
    const auto toResponder = static_cast<uint32_t>(Mix(both, 4));
    m_association->SetNames({initiatorCookie,
                             responderCookie,
                             initiator ? toInitiator : toResponder,
                             initiator ? toResponder : toInitiator});
    Act(m_decision.Start(alive));
    m_line.Set(true, LineCause::SESSION_ESTABLISHED);
}

void
DpdAgent::SetUp()
{
    if (m_reestablishDelay.IsZero() || !m_running || !m_powered)
    {
        return;
    }
    m_setup = Simulator::Schedule(m_reestablishDelay, &DpdAgent::SetUp, this);
    if (m_stalled)
    {
        return;
    }
    if (m_attempt == 0)
    {
        m_attempt = Draw();
        m_association->SetNames({m_attempt, 0, 0, 0});
    }
    DpdMessage message;
    message.kind = DpdMessage::Kind::SETUP;
    message.ikeVersion = m_profile->ikeVersion;
    message.initiatorCookie = m_attempt;
    Ptr<Packet> packet = message.Write(*m_suite);
    m_association->SendIke(packet);
    m_setupTxTrace(packet);
}

std::optional<DropReason>
DpdAgent::AcceptSetup(const DpdMessage& message, const IkeEndpoint& from)
{
    const uint64_t cookie = message.initiatorCookie;
    const bool again = !m_exchange.IsOriginal() && m_line.IsUp() &&
                       m_association->GetNames().initiatorCookie == cookie;
    if (!again && cookie <= m_attempt)
    {
        return DropReason::BAD_STATE; // both try at once, and the greater cookie wins
    }
    m_association->Follow(from);
    if (!again) // else it has not heard the reply yet
    {
        Establish(cookie, Draw(), false, Now());
    }
    DpdMessage reply = message;
    reply.kind = DpdMessage::Kind::SETUP_REPLY;
    reply.fromInitiator = false;
    reply.responderCookie = m_association->GetNames().responderCookie;
    m_association->SendIke(reply.Write(*m_suite));
    return std::nullopt;
}

std::optional<DropReason>
DpdAgent::FinishSetup(const DpdMessage& message, const IkeEndpoint& from)
{
    if (m_attempt == 0)
    {
        return DropReason::BAD_STATE; // a second reply
    }
    m_association->Follow(from);
    Establish(message.initiatorCookie, message.responderCookie, true, Now());
    return std::nullopt;
}

// ---- asking ----

void
DpdAgent::Wake()
{
    if (m_stalled)
    {
        m_overdue = true;
        return;
    }
    Act(m_decision.OnTimer(Now()));
}

void
DpdAgent::Act(const DpdDecision::Verdict& verdict)
{
    if (verdict.send != DpdDecision::Send::NOTHING)
    {
        SendRequest(verdict.send == DpdDecision::Send::AGAIN);
    }
    const bool on = m_running && m_powered; // unless who was told of the request ended that
    if (verdict.dead && on)
    {
        GiveUp();
        return;
    }
    if (verdict.wake == DpdDecision::NEVER || !on)
    {
        m_timer.Stop();
    }
    else
    {
        m_timer.Restart(std::max(NanoSeconds(verdict.wake) - Simulator::Now(), NanoSeconds(1)));
    }
}

void
DpdAgent::SendRequest(bool again)
{
    Ptr<Packet> request = m_exchange.MakeRequest(again);
    m_association->SendIke(request);
    m_requestTxTrace(request, m_exchange.GetRequestNumber());
}

void
DpdAgent::GiveUp()
{
    const DpdDecision::Rule rule = m_decision.GetSettings().rule;
    const bool silence =
        rule == DpdDecision::Rule::SILENCE || rule == DpdDecision::Rule::REQUEST_TIME;
    m_timer.Stop();
    m_association->SetNames({});
    m_exchange.Stop();
    m_line.Set(false, silence ? LineCause::HOLD_TIME_EXPIRED : LineCause::KEEPALIVE_UNANSWERED);
    SetUp();
}

// ---- hearing ----

void
DpdAgent::HandleIke(const IkeHeader& header,
                    Ptr<Packet> body,
                    const IkeEndpoint& from,
                    Ptr<const Packet> datagram)
{
    if (m_stalled)
    {
        m_dropTrace(datagram, DropReason::STALLED);
        return;
    }
    std::vector<uint8_t> bytes(body->GetSize());
    body->CopyData(bytes.data(), body->GetSize());
    const DpdMessage::Result result = DpdMessage::Read(header, bytes, *m_suite);
    std::optional<DropReason> reason = result.error;
    if (!reason)
    {
        body->AddHeader(header);
        reason = Handle(result.message, body, from);
    }
    if (reason)
    {
        m_dropTrace(datagram, *reason);
    }
}

std::optional<DropReason>
DpdAgent::Handle(const DpdMessage& message, Ptr<const Packet> packet, const IkeEndpoint& from)
{
    if (message.kind == DpdMessage::Kind::SETUP)
    {
        return AcceptSetup(message, from);
    }
    if (message.kind == DpdMessage::Kind::SETUP_REPLY)
    {
        return FinishSetup(message, from);
    }
    if (!m_line.IsUp())
    {
        return DropReason::BAD_COOKIE; // the reply to our setup was lost
    }
    return message.kind == DpdMessage::Kind::REQUEST ? HandleRequest(message, packet, from)
                                                     : HandleReply(message, packet, from);
}

std::optional<DropReason>
DpdAgent::HandleRequest(const DpdMessage& message,
                        Ptr<const Packet> packet,
                        const IkeEndpoint& from)
{
    bool life = false;
    if (const std::optional<DropReason> reason = m_exchange.OnRequest(message, life))
    {
        return reason;
    }
    m_association->Follow(from);
    m_requestRxTrace(packet, message.GetNumber());
    if (life)
    {
        Act(m_decision.OnMessage(Now()));
    }
    if (m_answer)
    {
        Ptr<Packet> reply = m_exchange.MakeReply(message);
        m_association->SendIke(reply);
        m_replyTxTrace(reply, message.GetNumber());
    }
    return std::nullopt;
}

std::optional<DropReason>
DpdAgent::HandleReply(const DpdMessage& message, Ptr<const Packet> packet, const IkeEndpoint& from)
{
    if (const std::optional<DropReason> reason = m_exchange.OnReply(message))
    {
        return reason;
    }
    m_association->Follow(from);
    m_replyRxTrace(packet, message.GetNumber());
    Act(m_decision.OnAnswer(Now()));
    return std::nullopt;
}

void
DpdAgent::HandleEsp(const EspHeader&, Ptr<Packet> data, const IkeEndpoint& from)
{
    // The kernel takes it even while the process hangs, and notes when.
    m_association->Follow(from);
    m_dataRxTrace(data);
    Act(m_decision.OnData(Now()));
}

bool
DpdAgent::SendData(Ptr<Packet> data)
{
    if (!m_running || !m_powered || !m_line.IsUp())
    {
        m_dropTrace(data, m_running && m_powered ? DropReason::LINE_DOWN : DropReason::ADMIN_DOWN);
        return false;
    }
    if (!m_stalled)
    {
        Act(m_decision.OnOutbound(Now()));
    }
    if (!m_association->SendEsp(data))
    {
        return false;
    }
    m_dataTxTrace(data);
    return true;
}

// ---- the node ----

void
DpdAgent::SetPowered(bool powered)
{
    if (powered == m_powered)
    {
        return;
    }
    m_powered = powered;
    if (m_running)
    {
        IkePort::Of(GetNode())->SetPowered(powered);
    }
    m_stalled = false;
    m_overdue = false;
    if (powered)
    {
        SetUp();
        return;
    }
    m_timer.Stop();
    m_setup.Cancel();
    m_attempt = 0;
    m_association->SetNames({});
    m_exchange.Stop();
    m_line.Set(false, LineCause::NODE_CRASHED);
}

void
DpdAgent::SetControlPlaneStalled(bool stalled)
{
    if (!m_powered)
    {
        return;
    }
    m_stalled = stalled;
    if (!stalled && m_overdue)
    {
        m_overdue = false;
        Act(m_decision.OnTimer(Now()));
    }
}

void
DpdAgent::Report(DetectionEvent& event)
{
    event.nodeId = GetNode() ? GetNode()->GetId() : 0;
    m_lineTrace(event);
}

Ptr<IkeAssociation>
DpdAgent::GetAssociation() const
{
    return m_association;
}

bool
DpdAgent::IsUp() const
{
    return m_line.IsUp();
}

uint32_t
DpdAgent::GetUnanswered() const
{
    return m_decision.GetUnanswered();
}

void
DpdAgent::AddLinkChangeCallback(Callback<void> callback)
{
    m_line.AddLinkChangeCallback(callback);
}

int64_t
DpdAgent::AssignStreams(int64_t stream)
{
    m_startPhase->SetStream(stream);
    m_random->SetStream(stream + 1);
    return 2;
}

uint64_t
DpdAgent::Draw()
{
    const uint64_t high = m_random->GetInteger(1, 0xffffffff);
    return high << 32 | m_random->GetInteger(1, 0xffffffff);
}

} // namespace keepalive
} // namespace ns3
