/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_LINE_H
#define KEEPALIVE_ETHERNET_LINE_H

#include "detection-event.h"
#include "drop-reason.h"
#include "line-protocol.h"
#include "node-part.h"

#include "ns3/event-id.h"
#include "ns3/net-device.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The line protocol of an Ethernet interface that exists already, and all that stops it.
 *
 * Operator, power, carrier and err-disable: the port works, and the protocol of the subclass runs,
 * while none of the four stands in the way. It is aggregated to its device, and lives as long.
 *
 * A port that is err-disabled has been shut by the switch itself. It stays so until the operator
 * shuts and enables it, or for the time ErrDisableRecovery, after which it starts afresh. A control
 * plane that hangs recovers no port before it is back; a crash forgets that it was err-disabled.
 */
class EthernetLine : public Object, public NodePart
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ~EthernetLine() override;

    EthernetLine(const EthernetLine&) = delete;
    EthernetLine& operator=(const EthernetLine&) = delete;

    /**
     * @brief The device.
     * @return the device; null before it was attached
     */
    Ptr<NetDevice> GetDevice() const;

    /// The operator's "shutdown". It also ends an err-disable.
    void Shutdown();

    /// The operator's "no shutdown": the interface starts afresh.
    void NoShutdown();

    /**
     * @brief Whether the operator lets the interface work.
     * @return false between Shutdown and NoShutdown
     */
    bool IsAdminUp() const;

    /**
     * @brief Whether the switch itself has shut the port.
     * @return true until Shutdown, a crash, or the end of ErrDisableRecovery
     */
    bool IsErrDisabled() const;

    /// The cable lost its carrier: a signalled failure. Once more if it had lost it already.
    void DropCarrier();

    /// One loss of carrier is over.
    void RestoreCarrier();

    /**
     * @brief Whether there is a carrier.
     * @return false while the link of the device is down, or between DropCarrier and RestoreCarrier
     */
    bool HasCarrier() const;

    /**
     * @brief Whether the node has power.
     * @return false after SetPowered(false)
     */
    bool IsPowered() const;

    /**
     * @brief The verdict in force.
     * @return true while the line protocol is up
     */
    bool IsLineUp() const;

    /**
     * @brief When the verdict last changed.
     * @return the time; zero if never
     */
    Time GetLastLineChange() const;

    /**
     * @brief The mechanism that watches this line.
     * @return its name, such as "ethernet"
     */
    const std::string& GetMechanism() const;

    /**
     * @brief Add a callback that runs after every change of the line protocol.
     * @param callback the callback
     */
    void AddLinkChangeCallback(Callback<void> callback);

    // inherited from NodePart
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

    /**
     * @brief Signature of the ErrDisable trace source.
     * @param disabled true if the port was err-disabled, false if that is over
     */
    typedef void (*ErrDisableTracedCallback)(bool disabled);

    /**
     * @brief Signature of the AdminState trace source.
     * @param up true if the operator enabled the interface, false if it was shut
     */
    typedef void (*AdminStateTracedCallback)(bool up);

  protected:
    /**
     * @brief Create a powered and enabled line that is up, without a device.
     * @param mechanism name of the mechanism that watches the line, such as "ethernet"
     */
    explicit EthernetLine(const std::string& mechanism);

    /**
     * @brief Become part of a device, for ever. Aborts if there is one already.
     * @param device a device that has no such line yet
     */
    void AttachLine(Ptr<NetDevice> device);

    /// Start the subclass's protocol from nothing.
    virtual void StartProtocol() = 0;
    /// Stop the subclass's protocol.
    virtual void StopProtocol() = 0;
    /// Forget what survives a shutdown, but not a loss of power.
    virtual void ForgetState() = 0;

    void DoInitialize() override;
    void DoDispose() override;

    /// Shut the port, as switches do by themselves.
    void ErrDisable();

    /**
     * @brief Whether the protocol runs.
     * @return true while started, powered, enabled, with a carrier and not err-disabled
     */
    bool IsRunning() const;

    /**
     * @brief What keeps the interface from sending and from hearing.
     * @return the reason, none if it works
     */
    std::optional<DropReason> FindFault() const;

    /**
     * @brief The line protocol, for the subclass to apply its verdicts to.
     * @return the line protocol
     */
    LineProtocol& GetLineProtocol();

  private:
    /**
     * @brief Whether the interface may do anything, simulation begun or not.
     * @return true while it is attached, powered, enabled, not err-disabled and has a carrier
     */
    bool IsAble() const;
    /**
     * @brief Start or stop the protocol, whichever the states now call for.
     * @param cause why the line protocol changes with it
     */
    void UpdateRunning(LineCause cause);
    /// The link of the device may have changed.
    void CheckCarrier();
    /// End an err-disable, if there is one, and do not recover from it later.
    void ClearErrDisable();
    /// The time of the err-disable is over.
    void Recover();
    /**
     * @brief Complete an event with node and device, and fire the LineProtocol trace.
     * @param event the event
     */
    void ReportLine(DetectionEvent& event);

    LineProtocol m_line;        //!< up or down
    Ptr<NetDevice> m_device;    //!< the device
    Time m_errDisableRecovery;  //!< how long a port stays err-disabled, zero for ever
    EventId m_recovery;         //!< the end of the err-disable
    uint32_t m_carrierDrops{0}; //!< losses of carrier that are not over
    bool m_initialized{false};  //!< the simulation has begun
    bool m_running{false};      //!< the protocol runs
    bool m_adminUp{true};       //!< the operator lets it work
    bool m_powered{true};       //!< the node has power
    bool m_stalled{false};      //!< the control plane hangs
    bool m_deviceUp{false};     //!< the link of the device is up
    bool m_errDisabled{false};  //!< the switch has shut the port
    bool m_recoveryDue{false};  //!< the recovery came due while the control plane hung

    TracedCallback<const DetectionEvent&> m_lineProtocolTrace; //!< the verdict changed
    TracedCallback<bool> m_errDisableTrace;                    //!< err-disabled, or no longer
    TracedCallback<bool> m_adminStateTrace;                    //!< shut, or enabled again
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_LINE_H */
