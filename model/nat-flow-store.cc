/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-flow-store.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NatFlowStore::NatFlowStore(NatProfile::Behavior mapping, bool shared)
    : m_mapping(mapping),
      m_shared(shared)
{
}

bool
NatFlowStore::HasPorts(uint8_t protocol)
{
    return protocol == NatPacket::UDP || protocol == NatPacket::TCP || protocol == NatPacket::ICMP;
}

uint32_t
NatFlowStore::FindInternal(uint8_t protocol,
                           const NatEndpoint& internal,
                           const NatEndpoint& remote) const
{
    return Find(m_internal, InternalKey(protocol, internal, remote));
}

uint32_t
NatFlowStore::FindExternal(uint8_t protocol,
                           const NatEndpoint& external,
                           const NatEndpoint& remote) const
{
    return Find(m_external, ExternalKey(protocol, external, remote));
}

std::optional<NatEndpoint>
NatFlowStore::FindName(uint8_t protocol, const NatEndpoint& internal) const
{
    const auto found = m_names.find(Key{protocol, internal, {}});
    return found == m_names.end() ? std::nullopt
                                  : std::optional(m_bindings[found->second.back()].shown.external);
}

uint32_t
NatFlowStore::FindFlow(uint32_t binding, const NatEndpoint& remote) const
{
    return Find(m_remotes, Key{binding, {}, remote});
}

bool
NatFlowStore::HasSentTo(uint32_t binding, uint32_t address) const
{
    return Find(m_addresses, Key{binding, {}, {address, 0}}) != NONE;
}

const NatBinding&
NatFlowStore::GetBinding(uint32_t binding) const
{
    return m_bindings[binding].shown;
}

NatFlowStore::Flow&
NatFlowStore::GetFlow(uint32_t flow)
{
    return m_flows[flow];
}

const NatFlowStore::Flow&
NatFlowStore::GetFlow(uint32_t flow) const
{
    return m_flows[flow];
}

uint32_t
NatFlowStore::AddBinding(const NatBinding& shown)
{
    auto index = static_cast<uint32_t>(m_bindings.size());
    if (m_freeBindings.empty())
    {
        m_bindings.emplace_back();
    }
    else
    {
        index = m_freeBindings.back();
        m_freeBindings.pop_back();
    }
    Binding& binding = m_bindings[index];
    binding.shown = shown;
    binding.internal = InternalKey(shown.protocol, shown.internal, shown.remote);
    binding.external = ExternalKey(shown.protocol, shown.external, shown.remote);
    m_internal[binding.internal] = index;
    m_external[binding.external] = index;
    m_names[Key{shown.protocol, shown.internal, {}}].push_back(index);
    return index;
}

uint32_t
NatFlowStore::AddFlow(uint32_t binding, const Flow& flow)
{
    auto index = static_cast<uint32_t>(m_flows.size());
    if (m_freeFlows.empty())
    {
        m_flows.emplace_back();
    }
    else
    {
        index = m_freeFlows.back();
        m_freeFlows.pop_back();
    }
    Flow& place = m_flows[index];
    const uint32_t generation = place.generation;
    place = flow;
    place.generation = generation;
    place.binding = binding;
    m_bindings[binding].flows++;
    m_remotes[Key{binding, {}, flow.remote}] = index;
    return index;
}

void
NatFlowStore::SetSent(uint32_t flow)
{
    Flow& place = m_flows[flow];
    if (!place.sent)
    {
        place.sent = true;
        m_addresses[Key{place.binding, {}, {place.remote.address, 0}}]++;
    }
}

std::optional<NatBinding>
NatFlowStore::RemoveFlow(uint32_t flow)
{
    Flow& place = m_flows[flow];
    const uint32_t owner = place.binding;
    m_remotes.erase(Key{owner, {}, place.remote});
    if (place.sent)
    {
        const auto address = m_addresses.find(Key{owner, {}, {place.remote.address, 0}});
        if (--address->second == 0)
        {
            m_addresses.erase(address);
        }
    }
    Binding& binding = m_bindings[owner];
    binding.flows--;
    place.binding = NONE;
    place.generation++;
    m_freeFlows.push_back(flow);
    if (binding.flows > 0)
    {
        return std::nullopt;
    }
    m_internal.erase(binding.internal);
    m_external.erase(binding.external);
    const auto names = m_names.find(Key{binding.shown.protocol, binding.shown.internal, {}});
    names->second.erase(std::find(names->second.begin(), names->second.end(), owner));
    if (names->second.empty())
    {
        m_names.erase(names);
    }
    m_freeBindings.push_back(owner);
    return binding.shown;
}

uint32_t
NatFlowStore::GetNPlaces() const
{
    return static_cast<uint32_t>(m_flows.size());
}

std::size_t
NatFlowStore::GetNFlows() const
{
    return m_flows.size() - m_freeFlows.size();
}

std::size_t
NatFlowStore::GetNBindings() const
{
    return m_bindings.size() - m_freeBindings.size();
}

std::vector<NatBinding>
NatFlowStore::GetBindings() const
{
    std::vector<NatBinding> bindings;
    for (const Binding& binding : m_bindings)
    {
        if (binding.flows > 0)
        {
            bindings.push_back(binding.shown);
        }
    }
    return bindings;
}

std::size_t
NatFlowStore::KeyHash::operator()(const Key& key) const
{
    uint64_t hash = key.number;
    for (const NatEndpoint& endpoint : {key.own, key.remote})
    {
        hash ^= uint64_t{endpoint.address} << 16 | endpoint.port;
        hash *= 0x9E3779B97F4A7C15; // odd, without a pattern: the golden ratio
        hash ^= hash >> 32;
    }
    return static_cast<std::size_t>(hash);
}

NatEndpoint
NatFlowStore::Project(uint8_t protocol, const NatEndpoint& remote) const
{
    switch (m_mapping)
    {
    case NatProfile::ENDPOINT_INDEPENDENT:
        break;
    case NatProfile::ADDRESS_DEPENDENT:
        return {remote.address, 0};
    case NatProfile::ADDRESS_AND_PORT_DEPENDENT:
        return remote;
    }
    // Without ports the other end is all that tells bindings apart.
    return HasPorts(protocol) ? NatEndpoint{} : remote;
}

NatFlowStore::Key
NatFlowStore::InternalKey(uint8_t protocol,
                          const NatEndpoint& internal,
                          const NatEndpoint& remote) const
{
    return {protocol, internal, Project(protocol, remote)};
}

NatFlowStore::Key
NatFlowStore::ExternalKey(uint8_t protocol,
                          const NatEndpoint& external,
                          const NatEndpoint& remote) const
{
    const bool shared = m_shared || !HasPorts(protocol);
    return {protocol, external, shared ? Project(protocol, remote) : NatEndpoint{}};
}

uint32_t
NatFlowStore::Find(const Index& index, const Key& key)
{
    const auto found = index.find(key);
    return found == index.end() ? NONE : found->second;
}

} // namespace keepalive
} // namespace ns3
