/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-adj-rib-out.h"

#include "bgp-update.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/// LOCAL_PREF of routes that have none (RFC 4271 section 5.1.5; the value is every router's).
constexpr uint32_t DEFAULT_LOCAL_PREF = 100;

/**
 * @brief Attributes as a neighbour is to see them (RFC 4271 section 5.1).
 * @param attributes as we know them
 * @param settings how we appear
 * @return as the neighbour is to see them
 */
BgpPathAttributes
Exported(const BgpPathAttributes& attributes, const BgpAdjRibOut::Export& settings)
{
    if (settings.external)
    {
        return attributes.ForExternalPeer(settings.as, settings.nextHop);
    }
    BgpPathAttributes exported = attributes.ForInternalPeer(DEFAULT_LOCAL_PREF);
    if (exported.nextHop == 0)
    {
        exported.nextHop = settings.nextHop;
    }
    return exported;
}

} // namespace

uint64_t
BgpAdjRibOut::KeyOf(const BgpPrefix& prefix)
{
    return uint64_t{prefix.address} << 8 | prefix.length;
}

void
BgpAdjRibOut::Announce(const BgpPrefix& prefix, std::shared_ptr<const BgpPathAttributes> attributes)
{
    Note({prefix, std::move(attributes)});
}

void
BgpAdjRibOut::Withdraw(const BgpPrefix& prefix)
{
    Note({prefix, nullptr});
}

void
BgpAdjRibOut::Note(Change change)
{
    const auto [place, isNew] = m_pending.try_emplace(KeyOf(change.prefix), m_changes.size());
    if (isNew)
    {
        m_changes.push_back(std::move(change));
    }
    else
    {
        m_changes[place->second] = std::move(change);
    }
}

std::vector<std::vector<uint8_t>>
BgpAdjRibOut::Take(const Export& settings)
{
    BgpUpdate withdrawal;
    std::vector<BgpUpdate> updates;
    std::unordered_map<const BgpPathAttributes*, std::size_t> groups;
    for (const Change& change : m_changes)
    {
        const uint64_t key = KeyOf(change.prefix);
        if (!change.attributes)
        {
            if (m_announced.erase(key) > 0)
            {
                withdrawal.withdrawn.push_back(change.prefix);
            }
            continue;
        }
        const auto [group, isNew] = groups.try_emplace(change.attributes.get(), updates.size());
        if (isNew)
        {
            updates.emplace_back();
            updates.back().attributes = Exported(*change.attributes, settings);
        }
        updates[group->second].announced.push_back(change.prefix);
    }

    std::vector<std::vector<uint8_t>> messages;
    for (const BgpUpdate& update : updates)
    {
        std::vector<std::vector<uint8_t>> encoded = update.EncodeAll(settings.fourOctetAs);
        for (const BgpPrefix& prefix : update.announced)
        {
            if (!encoded.empty())
            {
                m_announced.insert(KeyOf(prefix));
            }
            else if (m_announced.erase(KeyOf(prefix)) > 0)
            {
                // Attributes that no message has room for (RFC 4271 section 9.2): not announced,
                // and what was announced before is not true any more.
                withdrawal.withdrawn.push_back(prefix);
            }
        }
        std::move(encoded.begin(), encoded.end(), std::back_inserter(messages));
    }
    if (!withdrawal.withdrawn.empty())
    {
        std::vector<std::vector<uint8_t>> first = withdrawal.EncodeAll(settings.fourOctetAs);
        std::move(messages.begin(), messages.end(), std::back_inserter(first));
        messages = std::move(first);
    }
    m_changes.clear();
    m_pending.clear();
    return messages;
}

bool
BgpAdjRibOut::HasChanges() const
{
    return !m_changes.empty();
}

std::size_t
BgpAdjRibOut::GetNAnnounced() const
{
    return m_announced.size();
}

void
BgpAdjRibOut::Clear()
{
    m_changes.clear();
    m_pending.clear();
    m_announced.clear();
}

} // namespace keepalive
} // namespace ns3
