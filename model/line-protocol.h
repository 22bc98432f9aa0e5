/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LINE_PROTOCOL_H
#define KEEPALIVE_LINE_PROTOCOL_H

#include "detection-event.h"
#include "link-transition.h"

#include "ns3/callback.h"
#include "ns3/nstime.h"
#include "ns3/traced-callback.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Up or down, as one end of a link sees it: the one place where a verdict becomes state.
 *
 * A detector decides; this class makes it so: it stores the state with time and cause, logs it
 * once, reports it to the trace sinks, and last of all, when everything here is consistent, runs
 * the link-change callbacks, through which routing reacts.
 */
class LineProtocol
{
  public:
    /**
     * @brief Create a line protocol that is up.
     * @param mechanism name of the mechanism that watches the line, such as "gre"
     */
    explicit LineProtocol(std::string mechanism);

    LineProtocol(const LineProtocol&) = delete;
    LineProtocol& operator=(const LineProtocol&) = delete;

    /**
     * @brief Set who hears of every change. Node and device are the listener's to fill in.
     * @param report called once per change, before the link-change callbacks
     */
    void SetReport(Callback<void, DetectionEvent&> report);

    /**
     * @brief Add a callback that runs after every change.
     * @param callback the callback, as NetDevice::AddLinkChangeCallback takes it
     */
    void AddLinkChangeCallback(Callback<void> callback);

    /**
     * @brief Act on a detector's verdict.
     * @param transition the verdict; NONE changes nothing
     * @param cause why
     */
    void Apply(LinkTransition transition, LineCause cause);

    /**
     * @brief Set the state from outside the detector: operator, crash, boot.
     * @param up the new state; setting the present state again changes nothing
     * @param cause why
     */
    void Set(bool up, LineCause cause);

    /**
     * @brief Hold it down, or no longer: what watches the same peer, such as BFD, says so. While it
     *        is held, what detector and operator say is remembered, and shows when it is let go.
     * @param held whether it is held down
     * @param cause why
     */
    void SetHeldDown(bool held, LineCause cause);

    /**
     * @brief Set the state in which it begins. Nobody hears of it: it is no change.
     * @param up the state
     */
    void Initialize(bool up);

    /**
     * @brief The state.
     * @return true while the line protocol is up
     */
    bool IsUp() const;

    /**
     * @brief The last change.
     * @return when the state last changed; zero if never
     */
    Time GetLastChange() const;

    /**
     * @brief The mechanism that watches this line.
     * @return its name
     */
    const std::string& GetMechanism() const;

  private:
    /**
     * @brief Bring about the state that follows from what was said.
     * @param cause why it changes, if it does
     */
    void Update(LineCause cause);

    std::string m_mechanism;                  //!< who watches
    bool m_up{true};                          //!< the state
    bool m_wanted{true};                      //!< the state, but for the hold
    bool m_held{false};                       //!< it is held down
    Time m_lastChange;                        //!< when it last changed
    Callback<void, DetectionEvent&> m_report; //!< who hears of a change
    TracedCallback<> m_linkChange;            //!< who reacts to it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LINE_PROTOCOL_H */
