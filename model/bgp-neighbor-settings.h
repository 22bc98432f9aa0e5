/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_NEIGHBOR_SETTINGS_H
#define KEEPALIVE_BGP_NEIGHBOR_SETTINGS_H

#include "bgp-session.h"

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/object.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What the operator of a BGP speaker says of a neighbour. Nothing of it is lost in a crash.
 */
class BgpNeighborSettings : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BgpNeighborSettings();
    ~BgpNeighborSettings() override;

    /**
     * @brief Address of the neighbour.
     * @return attribute RemoteAddress
     */
    Ipv4Address GetRemoteAddress() const;

    /**
     * @brief Set the hold time to propose.
     * @param holdTime attribute HoldTime
     * @return false if it has fractions of a second, for which an OPEN has no room; nothing is set
     *         then
     */
    bool SetHoldTime(Time holdTime);

    /**
     * @brief The hold time to propose.
     * @return attribute HoldTime
     */
    Time GetHoldTime() const;

  protected:
    /**
     * @brief Fill in what the attributes say. Aborts if there is no such Profile.
     * @param config what the speaker knows
     * @return everything that a session is to be configured with
     */
    BgpSession::Config Complete(BgpSession::Config config) const;

    /**
     * @brief The AS that the neighbour must have.
     * @return attribute RemoteAs; 0 for any
     */
    uint32_t GetConfiguredAs() const;

    /**
     * @brief Whether the neighbour is to connect.
     * @return attribute Passive
     */
    bool IsPassive() const;

    /**
     * @brief Least time between two rounds of UPDATEs.
     * @return attribute AdvertisementInterval
     */
    Time GetAdvertisementInterval() const;

    /**
     * @brief Whether an interface that goes down ends the session.
     * @return attribute FastExternalFallover
     */
    bool HasFastExternalFallover() const;

  private:
    Ipv4Address m_remoteAddress;       //!< who
    uint16_t m_remotePort{179};        //!< where it listens
    uint32_t m_remoteAs{0};            //!< its AS; 0 for any
    Ipv4Address m_localAddress;        //!< where from; any for the one that the route has
    uint16_t m_localPort{0};           //!< where from; 0 for any
    std::string m_profileName;         //!< how the speaker behaves here
    Time m_holdTime;                   //!< proposed; negative for the profile's
    Time m_keepaliveTime;              //!< wanted; negative for the profile's
    Time m_connectRetryTime;           //!< negative for the profile's
    Time m_idleHoldTime;               //!< negative for the profile's
    bool m_passive{false};             //!< waits for the neighbour to connect
    Time m_advertisementInterval;      //!< between UPDATEs
    bool m_fastExternalFallover{true}; //!< an interface that goes down ends the session
    uint8_t m_ttl{1};                  //!< how far the neighbour may be
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_NEIGHBOR_SETTINGS_H */
