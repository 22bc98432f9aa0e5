/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_CONFIGURED_APPLICATION_H
#define KEEPALIVE_DPD_CONFIGURED_APPLICATION_H

#include "dpd-decision.h"
#include "dpd-profile.h"
#include "ike-cipher-suite.h"

#include "ns3/application.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a user can set of a DpdAgent, and what follows from it.
 */
class DpdConfiguredApplication : public Application
{
  public:
    /// Which UDP port IKE uses. A plain enum because the attribute system before ns-3.41 needs it.
    enum Encapsulation
    {
        UDP_500, //!< IKE on UDP 500, and plain ESP
        UDP_4500 //!< IKE and ESP on UDP 4500: NAT traversal
    };

    /// When the agent asks.
    enum Mode
    {
        PROFILE_MODE, //!< as the profile has it
        PERIODIC,     //!< whether or not there is data to send
        ON_DEMAND     //!< only when there is data to send
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    DpdConfiguredApplication();
    ~DpdConfiguredApplication() override;

    /**
     * @brief Why the attributes cannot work together.
     * @return the reason; empty if they can
     */
    std::string Check() const;

    /**
     * @brief The timers that follow from profile and attributes.
     * @return the timers; those of the default profile if there is no such profile
     */
    DpdDecision::Settings GetSettings() const;

    /**
     * @brief How the implementation behaves.
     * @return attribute Profile; null if there is no such profile
     */
    const DpdProfile* GetProfile() const;

    /**
     * @brief The sizes of messages.
     * @return attribute CipherSuite, or that of the profile; null if there is no such suite
     */
    const IkeCipherSuite* GetCipherSuite() const;

  protected:
    void DoDispose() override;

    std::string m_profileName;               //!< attribute Profile
    Ipv4Address m_remoteAddress;             //!< attribute RemoteAddress
    uint16_t m_remotePort{0};                //!< attribute RemotePort
    Encapsulation m_encapsulation{UDP_4500}; //!< attribute Encapsulation
    std::string m_suiteName;                 //!< attribute CipherSuite
    bool m_initiator{true};                  //!< attribute Initiator
    uint32_t m_saId{1};                      //!< attribute SaId
    Mode m_mode{PROFILE_MODE};               //!< attribute Mode
    Time m_delay;                            //!< attribute Delay
    Time m_retry;                            //!< attribute Retry
    uint32_t m_retries{0};                   //!< attribute Retries
    double m_base{0};                        //!< attribute RetransmitBase
    Time m_retransmitTimeout;                //!< attribute RetransmitTimeout
    Time m_timeout;                          //!< attribute Timeout
    bool m_finalWait{true};                  //!< attribute FinalWait
    bool m_answer{true};                     //!< attribute AnswerRequests
    Time m_reestablishDelay;                 //!< attribute ReestablishDelay
    Ptr<RandomVariableStream> m_startPhase;  //!< attribute StartPhase
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_CONFIGURED_APPLICATION_H */
