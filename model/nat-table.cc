/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-table.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t FIRST_USER_PORT = 1024; //!< RFC 4787 section 4.2.2: behind the well-known ones
constexpr uint32_t NONE = NatFlowStore::NONE; //!< no binding, no flow

/**
 * @brief A port of a protocol as one number.
 * @param protocol IP protocol number
 * @param port the port
 * @return the number
 */
uint32_t
ToNumber(uint8_t protocol, uint32_t port)
{
    return uint32_t{protocol} << 16 | port;
}

} // namespace

NatTable::NatTable(const NatProfile& profile, bool firewall)
    : m_profile(profile),
      m_firewall(firewall),
      m_store(profile.mapping, firewall || profile.overloadPorts)
{
}

void
NatTable::SetExternalAddress(uint32_t address)
{
    m_address = address;
}

void
NatTable::Reserve(uint8_t protocol, uint16_t port)
{
    m_reserved.insert(ToNumber(protocol, port));
}

bool
NatTable::IsReserved(uint8_t protocol, uint16_t port) const
{
    return m_reserved.count(ToNumber(protocol, port)) > 0;
}

NatTable::Verdict
NatTable::Outbound(const NatPacket& packet, int64_t now)
{
    Expire(now);
    Verdict verdict;
    uint32_t binding = m_store.FindInternal(packet.protocol, packet.source, packet.destination);
    const uint32_t index = m_store.FindFlow(binding, packet.destination);
    if (index == NONE && packet.protocol == NatPacket::ICMP && !packet.request)
    {
        return verdict; // an answer to what was not asked through here
    }
    Flow fresh = MakeFlow(packet.destination, true, now);
    Flow& flow = index == NONE ? fresh : m_store.GetFlow(index);
    const NatTcpState::Fate fate = Touch(flow, packet, true, now);
    if (fate == NatTcpState::Fate::FORGET)
    {
        Remove(index, now, NatBinding::End::RESET);
        return Outbound(packet, now); // it may begin a connection
    }
    if (fate == NatTcpState::Fate::INVALID)
    {
        verdict.fate = index == NONE ? Fate::NO_BINDING : Fate::BAD_STATE;
        return verdict;
    }
    if (binding == NONE)
    {
        const auto external = Allocate(packet.protocol, packet.source, packet.destination);
        if (!external)
        {
            verdict.fate = Fate::NO_PORT;
            return verdict;
        }
        NatBinding shown;
        shown.protocol = packet.protocol;
        shown.internal = packet.source;
        shown.external = *external;
        shown.remote = packet.destination;
        shown.created = now;
        binding = m_store.AddBinding(shown);
        verdict.created = shown;
    }
    verdict.fate = Fate::PASS;
    verdict.source = m_store.GetBinding(binding).external;
    verdict.destination = packet.destination;
    Settle(index == NONE ? m_store.AddFlow(binding, flow) : index, true, fate, now);
    return verdict;
}

NatTable::Verdict
NatTable::Inbound(const NatPacket& packet, int64_t now)
{
    Expire(now);
    Verdict verdict;
    const uint32_t binding =
        m_store.FindExternal(packet.protocol, packet.destination, packet.source);
    if (binding == NONE || (packet.protocol == NatPacket::ICMP && packet.request))
    {
        return verdict;
    }
    const uint32_t index = m_store.FindFlow(binding, packet.source);
    if (index == NONE && !IsAllowed(binding, packet.source))
    {
        verdict.fate = Fate::FILTERED;
        return verdict;
    }
    Flow fresh = MakeFlow(packet.source, false, now);
    Flow& flow = index == NONE ? fresh : m_store.GetFlow(index);
    const NatTcpState::Fate fate = Touch(flow, packet, false, now);
    if (fate == NatTcpState::Fate::FORGET)
    {
        Remove(index, now, NatBinding::End::RESET);
        return Inbound(packet, now); // it may begin a connection
    }
    if (fate == NatTcpState::Fate::INVALID)
    {
        verdict.fate = Fate::BAD_STATE;
        return verdict;
    }
    verdict.fate = Fate::PASS;
    verdict.source = packet.source;
    verdict.destination = m_store.GetBinding(binding).internal;
    // What may prolong nothing must not become a flow either: that would prolong the binding.
    if (index != NONE || packet.protocol == NatPacket::TCP || m_profile.refresh == NatProfile::BOTH)
    {
        Settle(index == NONE ? m_store.AddFlow(binding, flow) : index, false, fate, now);
    }
    return verdict;
}

bool
NatTable::IsBound(const NatPacket& packet) const
{
    return m_store.FindExternal(packet.protocol, packet.destination, packet.source) != NONE;
}

std::optional<NatEndpoint>
NatTable::FindInternal(const NatPacket& packet, int64_t now)
{
    Expire(now);
    const uint32_t binding =
        m_store.FindExternal(packet.protocol, packet.source, packet.destination);
    if (m_store.FindFlow(binding, packet.destination) == NONE)
    {
        return std::nullopt;
    }
    return m_store.GetBinding(binding).internal;
}

std::optional<NatEndpoint>
NatTable::FindExternal(const NatPacket& packet, int64_t now)
{
    Expire(now);
    const uint32_t binding =
        m_store.FindInternal(packet.protocol, packet.destination, packet.source);
    if (binding == NONE ||
        (m_store.FindFlow(binding, packet.source) == NONE && !IsAllowed(binding, packet.source)))
    {
        return std::nullopt;
    }
    return m_store.GetBinding(binding).external;
}

bool
NatTable::IsAllowed(uint32_t binding, const NatEndpoint& remote) const
{
    switch (m_profile.filtering)
    {
    case NatProfile::ENDPOINT_INDEPENDENT:
        return true;
    case NatProfile::ADDRESS_DEPENDENT:
        return m_store.HasSentTo(binding, remote.address);
    case NatProfile::ADDRESS_AND_PORT_DEPENDENT:
        break; // there would be a flow
    }
    return false;
}

NatTable::Flow
NatTable::MakeFlow(const NatEndpoint& remote, bool fromInside, int64_t now)
{
    Flow flow;
    flow.remote = remote;
    flow.created = now;
    flow.refreshed = now;
    flow.fromInside = fromInside;
    return flow;
}

NatTcpState::Fate
NatTable::Touch(Flow& flow, const NatPacket& packet, bool outbound, int64_t now) const
{
    bool counts = outbound || m_profile.refresh == NatProfile::BOTH;
    const bool original = outbound == flow.fromInside;
    const int64_t before = flow.timeout;
    switch (packet.protocol)
    {
    case NatPacket::TCP: {
        const bool loose = m_profile.looseTcp && flow.fromInside;
        const NatTcpState::Fate fate = flow.tcp.Process(packet.segment, original, loose);
        if (fate != NatTcpState::Fate::PASS)
        {
            return fate;
        }
        flow.timeout = flow.tcp.GetTimeout(m_profile.tcp);
        // Another timeout counts from its beginning, whoever caused it.
        counts = counts || flow.timeout != before;
        break;
    }
    case NatPacket::UDP:
        if (counts)
        {
            // As in Linux, the first answer does not yet make it a stream.
            const bool stream = flow.replied && (m_profile.udpStreamAfter == 0 ||
                                                 now > flow.created + m_profile.udpStreamAfter);
            flow.timeout = stream ? m_profile.udpStreamTimeout : m_profile.udpTimeout;
        }
        break;
    case NatPacket::ICMP:
        flow.timeout = m_profile.icmpTimeout;
        break;
    default:
        flow.timeout = m_profile.genericTimeout;
        break;
    }
    flow.replied = flow.replied || !original;
    if (counts)
    {
        flow.refreshed = now;
    }
    return NatTcpState::Fate::PASS;
}

void
NatTable::Settle(uint32_t index, bool outbound, NatTcpState::Fate fate, int64_t now)
{
    if (fate == NatTcpState::Fate::REMOVE)
    {
        Remove(index, now, NatBinding::End::RESET);
        return;
    }
    if (outbound)
    {
        m_store.SetSent(index);
    }
    Flow& flow = m_store.GetFlow(index);
    const int64_t deadline = flow.refreshed + flow.timeout;
    if (deadline < flow.queued)
    {
        flow.queued = deadline;
        m_queue.emplace(deadline, index, flow.generation);
    }
}

void
NatTable::Remove(uint32_t index, int64_t ended, NatBinding::End end)
{
    std::optional<NatBinding> binding = m_store.RemoveFlow(index);
    if (binding)
    {
        binding->ended = ended;
        binding->end = end;
        m_ended.push_back(*binding);
    }
}

void
NatTable::Expire(int64_t now)
{
    while (!m_queue.empty() && std::get<0>(m_queue.top()) < now)
    {
        const auto [queued, index, generation] = m_queue.top();
        m_queue.pop();
        Flow& flow = m_store.GetFlow(index);
        if (flow.generation != generation || flow.queued != queued)
        {
            continue; // another flow by now, or one that has an earlier entry
        }
        const int64_t deadline = flow.refreshed + flow.timeout;
        if (deadline > queued)
        {
            flow.queued = deadline; // prolonged meanwhile
            m_queue.emplace(deadline, index, generation);
            continue;
        }
        Remove(index, deadline, NatBinding::End::EXPIRED);
    }
}

std::optional<int64_t>
NatTable::GetNextDeadline() const
{
    if (m_store.GetNFlows() == 0)
    {
        return std::nullopt;
    }
    return std::get<0>(m_queue.top());
}

void
NatTable::Flush(int64_t now)
{
    Expire(now);
    for (uint32_t index = 0; index < m_store.GetNPlaces(); index++)
    {
        if (m_store.GetFlow(index).binding != NONE)
        {
            Remove(index, now, NatBinding::End::FLUSHED);
        }
    }
    m_queue = {};
}

std::vector<NatBinding>
NatTable::TakeEnded()
{
    return std::exchange(m_ended, {});
}

std::vector<NatBinding>
NatTable::GetBindings() const
{
    return m_store.GetBindings();
}

std::size_t
NatTable::GetNBindings() const
{
    return m_store.GetNBindings();
}

std::size_t
NatTable::GetNFlows() const
{
    return m_store.GetNFlows();
}

uint32_t
NatTable::FindOutbound(const NatPacket& packet) const
{
    return m_store.FindFlow(
        m_store.FindInternal(packet.protocol, packet.source, packet.destination),
        packet.destination);
}

std::optional<int64_t>
NatTable::GetDeadline(const NatPacket& packet) const
{
    const uint32_t index = FindOutbound(packet);
    if (index == NONE)
    {
        return std::nullopt;
    }
    const Flow& flow = m_store.GetFlow(index);
    return flow.refreshed + flow.timeout;
}

NatTcpState::State
NatTable::GetTcpState(const NatPacket& packet) const
{
    const uint32_t index = FindOutbound(packet);
    return index == NONE ? NatTcpState::State::NONE : m_store.GetFlow(index).tcp.GetState();
}

std::optional<NatEndpoint>
NatTable::Allocate(uint8_t protocol, const NatEndpoint& internal, const NatEndpoint& remote)
{
    if (m_firewall)
    {
        return internal;
    }
    const bool hasPorts = NatFlowStore::HasPorts(protocol);
    // Who has a name outside keeps it towards any other end (Linux: find_appropriate_src).
    const auto known = m_store.FindName(protocol, internal);
    if (m_profile.overloadPorts && known && known->address == m_address &&
        IsFree(protocol, *known, remote))
    {
        return known;
    }
    const bool inRange =
        internal.port >= m_profile.firstPort && internal.port <= m_profile.lastPort;
    const NatEndpoint same{m_address, internal.port};
    if ((!hasPorts || (m_profile.preservePorts && inRange)) && IsFree(protocol, same, remote))
    {
        return same;
    }
    return hasPorts ? Search(protocol, internal, remote) : std::nullopt;
}

std::optional<NatEndpoint>
NatTable::Search(uint8_t protocol, const NatEndpoint& internal, const NatEndpoint& remote)
{
    const auto [first, last] = GetRange(protocol, internal.port);
    const uint32_t size = last - first + 1;
    uint32_t& cursor = m_cursors[ToNumber(protocol, first)];
    // If no port has the right parity, any other is better than none.
    for (const bool parity : {m_profile.preserveParity, false})
    {
        for (uint32_t i = 0; i < size; i++)
        {
            const uint32_t offset = (cursor + i) % size;
            const NatEndpoint external{m_address, static_cast<uint16_t>(first + offset)};
            if (parity && external.port % 2 != internal.port % 2)
            {
                continue;
            }
            if (IsFree(protocol, external, remote))
            {
                cursor = offset + 1;
                return external;
            }
        }
    }
    return std::nullopt;
}

std::pair<uint32_t, uint32_t>
NatTable::GetRange(uint8_t protocol, uint16_t port) const
{
    uint32_t first = m_profile.firstPort;
    uint32_t last = m_profile.lastPort;
    if (protocol == NatPacket::ICMP)
    {
        return {first, last};
    }
    // RFC 4787 REQ-3 a): well-known ports stay among themselves, as far as there are any.
    if (port < FIRST_USER_PORT && first < FIRST_USER_PORT)
    {
        last = std::min(last, FIRST_USER_PORT - 1);
    }
    if (port >= FIRST_USER_PORT && last >= FIRST_USER_PORT)
    {
        first = std::max(first, FIRST_USER_PORT);
    }
    return {first, last};
}

bool
NatTable::IsFree(uint8_t protocol, const NatEndpoint& external, const NatEndpoint& remote) const
{
    return m_store.FindExternal(protocol, external, remote) == NONE &&
           !IsReserved(protocol, external.port);
}

} // namespace keepalive
} // namespace ns3
