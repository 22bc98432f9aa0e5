/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_STATE_H
#define KEEPALIVE_NAT_STATE_H

#include "nat-binding.h"
#include "nat-packet.h"
#include "nat-profile.h"
#include "nat-settings.h"
#include "nat-table.h"
#include "nat-tcp-state.h"
#include "node-part.h"

#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The bindings of a NatBox in simulated time: tells when they are made and when they end.
 *
 * One event is pending, however many bindings there are: at the next deadline that may be due.
 */
class NatState : public NatSettings, public NodePart
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NatState();
    ~NatState() override;

    /**
     * @brief Set a port of the address outside aside for the router itself.
     * @param protocol IP protocol number
     * @param port the port
     */
    void ReservePort(uint8_t protocol, uint16_t port);

    /// Lose all bindings, and tell nobody.
    void Flush();

    /**
     * @brief List the bindings there are.
     * @return the bindings
     */
    std::vector<NatBinding> GetBindings();

    /**
     * @brief Count the bindings.
     * @return how many there are
     */
    std::size_t GetNBindings();

    /**
     * @brief When the flow of a packet from inside would expire.
     * @param packet the packet, as it is inside
     * @return the last instant at which a packet of it is known; nothing if there is no flow
     */
    std::optional<Time> GetDeadline(const NatPacket& packet);

    /**
     * @brief The TCP state of the flow of a packet from inside.
     * @param packet the packet, as it is inside
     * @return the state, NONE if there is no flow
     */
    NatTcpState::State GetTcpState(const NatPacket& packet);

    // Inherited from NodePart
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

  protected:
    void DoDispose() override;

    /**
     * @brief The time, as the table has it.
     * @return nanoseconds
     */
    static int64_t GetNow();

    /**
     * @brief Whether a port was set aside.
     * @param protocol IP protocol number
     * @param port the port
     * @return true if it was
     */
    bool IsReserved(uint8_t protocol, uint16_t port) const;

    /**
     * @brief Whether the router works.
     * @return true if it has power
     */
    bool IsPowered() const;

    /**
     * @brief How the box behaves.
     * @return the profile that the table was made with
     */
    const NatProfile& GetBehavior() const;

    /**
     * @brief Get the table, made at the first packet.
     * @param external the address outside
     * @return the table
     */
    NatTable& GetTable(Ipv4Address external);

    /**
     * @brief The table has changed: tell what has ended, and what is new, and wait for the next
     * end.
     * @param verdict what it said
     */
    void Follow(const NatTable::Verdict& verdict);

    /// Tell what has ended.
    void Tell();

  private:
    /// A binding may have expired.
    void Wake();

    std::vector<std::pair<uint8_t, uint16_t>> m_reserved; //!< protocols and ports set aside
    NatProfile m_profile;              //!< how the box behaves, from the first packet on
    std::unique_ptr<NatTable> m_table; //!< the bindings; none before the first packet
    bool m_powered{true};              //!< the router works
    EventId m_event;                   //!< the next look for bindings that have expired
    Time m_wakeUp;                     //!< when that is
    TracedCallback<const NatBinding&> m_bindingCreated; //!< new binding
    TracedCallback<const NatBinding&> m_bindingExpired; //!< binding ended
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_STATE_H */
