/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_SETTINGS_H
#define KEEPALIVE_NAT_SETTINGS_H

#include "nat-profile.h"

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
 * @brief The attributes of a NatBox: a profile, and whatever is to be different from it.
 */
class NatSettings : public Object
{
  public:
    /// Like NatProfile::Behavior.
    enum Behavior
    {
        BEHAVIOR_OF_PROFILE,       //!< as the profile says
        ENDPOINT_INDEPENDENT,      //!< NatProfile::ENDPOINT_INDEPENDENT
        ADDRESS_DEPENDENT,         //!< NatProfile::ADDRESS_DEPENDENT
        ADDRESS_AND_PORT_DEPENDENT //!< NatProfile::ADDRESS_AND_PORT_DEPENDENT
    };

    /// Like NatProfile::Refresh.
    enum Refresh
    {
        REFRESH_OF_PROFILE, //!< as the profile says
        OUTBOUND,           //!< NatProfile::OUTBOUND
        BOTH                //!< NatProfile::BOTH
    };

    /// Like NatProfile::Unknown.
    enum Unknown
    {
        UNKNOWN_OF_PROFILE, //!< as the profile says
        SILENT_DROP,        //!< NatProfile::SILENT_DROP
        RST,                //!< NatProfile::RST
        LOCAL               //!< NatProfile::LOCAL
    };

    /// A switch.
    enum Switch
    {
        SWITCH_OF_PROFILE, //!< as the profile says
        OFF,               //!< off
        ON                 //!< on
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NatSettings();
    ~NatSettings() override;

    /**
     * @brief Put profile and attributes together.
     * @return how the box behaves
     */
    NatProfile GetProfile() const;

    /**
     * @brief Whether it is a firewall.
     * @return true if it translates nothing
     */
    bool IsFirewall() const;

  private:
    /**
     * @brief Set the profile.
     * @param name its name
     * @return true if there is one of that name
     */
    bool SetProfileName(std::string name);

    /**
     * @brief Get the profile.
     * @return its name
     */
    std::string GetProfileName() const;

    /**
     * @brief Put the timeouts of the attributes into a profile.
     * @param profile the profile
     */
    void SetTimeouts(NatProfile& profile) const;

    std::string m_profileName;                  //!< attribute Profile
    bool m_firewall{false};                     //!< attribute Firewall
    Behavior m_mapping{BEHAVIOR_OF_PROFILE};    //!< attribute Mapping
    Behavior m_filtering{BEHAVIOR_OF_PROFILE};  //!< attribute Filtering
    Refresh m_refresh{REFRESH_OF_PROFILE};      //!< attribute Refresh
    Unknown m_unknown{UNKNOWN_OF_PROFILE};      //!< attribute Unknown
    Switch m_preservePorts{SWITCH_OF_PROFILE};  //!< attribute PreservePorts
    Switch m_preserveParity{SWITCH_OF_PROFILE}; //!< attribute PreserveParity
    Switch m_overloadPorts{SWITCH_OF_PROFILE};  //!< attribute OverloadPorts
    Switch m_hairpinning{SWITCH_OF_PROFILE};    //!< attribute Hairpinning
    Switch m_looseTcp{SWITCH_OF_PROFILE};       //!< attribute LooseTcp
    uint16_t m_firstPort{0};                    //!< attribute FirstPort
    uint16_t m_lastPort{0};                     //!< attribute LastPort
    Time m_udpTimeout;                          //!< attribute UdpTimeout
    Time m_udpStreamTimeout;                    //!< attribute UdpStreamTimeout
    Time m_udpStreamAfter;                      //!< attribute UdpStreamAfter
    Time m_icmpTimeout;                         //!< attribute IcmpTimeout
    Time m_genericTimeout;                      //!< attribute GenericTimeout
    Time m_tcpSynSentTimeout;                   //!< attribute TcpSynSentTimeout
    Time m_tcpSynReceivedTimeout;               //!< attribute TcpSynReceivedTimeout
    Time m_tcpEstablishedTimeout;               //!< attribute TcpEstablishedTimeout
    Time m_tcpFinWaitTimeout;                   //!< attribute TcpFinWaitTimeout
    Time m_tcpCloseWaitTimeout;                 //!< attribute TcpCloseWaitTimeout
    Time m_tcpLastAckTimeout;                   //!< attribute TcpLastAckTimeout
    Time m_tcpTimeWaitTimeout;                  //!< attribute TcpTimeWaitTimeout
    Time m_tcpCloseTimeout;                     //!< attribute TcpCloseTimeout
    Time m_tcpRetransmittedTimeout;             //!< attribute TcpRetransmittedTimeout
    Time m_tcpUnacknowledgedTimeout;            //!< attribute TcpUnacknowledgedTimeout
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_SETTINGS_H */
