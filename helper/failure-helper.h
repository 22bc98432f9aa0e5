/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FAILURE_HELPER_H
#define KEEPALIVE_FAILURE_HELPER_H

#include "ns3/control-plane-stall.h"
#include "ns3/delay-step.h"
#include "ns3/interface-shutdown.h"
#include "ns3/link-cut.h"
#include "ns3/loopback-plug.h"
#include "ns3/net-device.h"
#include "ns3/node-crash.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/outage-error-model.h"

#include <string>

namespace ns3
{

class ErrorModel;

namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Makes failure targets of ordinary links and nodes, ready for a FailureInjector.
 *
 * @code
   Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
   injector->Schedule(FailureHelper::CutLink(devices.Get(0), devices.Get(1), "R1-C"),
                      Seconds(30), Seconds(60));
   @endcode
 *
 * A link here is a channel with two devices that have the attribute ReceiveErrorModel, such as
 * PointToPointNetDevice, or a serial line, whose wires can be cut themselves. An error model that
 * a device has already stays in force behind the cut.
 */
class FailureHelper
{
  public:
    /**
     * @brief A silent cut in both directions.
     * @param a one end
     * @param b the other end
     * @param name what tables call the link
     * @return the target
     */
    static Ptr<LinkCut> CutLink(Ptr<NetDevice> a, Ptr<NetDevice> b, const std::string& name);

    /**
     * @brief A silent cut in one direction only.
     * @param from the sender that is no longer heard
     * @param to the receiver that no longer hears
     * @param name what tables call the link
     * @return the target
     */
    static Ptr<LinkCut> CutOneWay(Ptr<NetDevice> from, Ptr<NetDevice> to, const std::string& name);

    /**
     * @brief A cut that both ends see at once: their IP interfaces go down with it.
     * @param a one end, with an IPv4 interface
     * @param b the other end, with an IPv4 interface
     * @param name what tables call the link
     * @return the target
     */
    static Ptr<LinkCut> CutCarrier(Ptr<NetDevice> a, Ptr<NetDevice> b, const std::string& name);

    /**
     * @brief A node that crashes and reboots.
     * @param node the node; each of its links must be one as said above
     * @param name what tables call the node
     * @return the target
     */
    static Ptr<NodeCrash> Crash(Ptr<Node> node, const std::string& name);

    /**
     * @brief An interface that the operator shuts.
     * @param device the interface, a KeepaliveNetDevice
     * @param name what tables call it
     * @return the target
     */
    static Ptr<InterfaceShutdown> Shutdown(Ptr<NetDevice> device, const std::string& name);

    /**
     * @brief A node whose control plane hangs.
     * @param node the node
     * @param name what tables call it
     * @return the target
     */
    static Ptr<ControlPlaneStall> Stall(Ptr<Node> node, const std::string& name);

    /**
     * @brief A link whose delay steps.
     * @param device a device of the link
     * @param delay the delay while it lasts
     * @param name what tables call the link
     * @return the target
     */
    static Ptr<DelayStep> StepDelay(Ptr<NetDevice> device, Time delay, const std::string& name);

    /**
     * @brief A loopback plug in the place of a serial line's cable.
     * @param device the end that then hears itself, a SerialNetDevice
     * @param name what tables call the line
     * @return the target
     */
    static Ptr<LoopbackPlug> PlugLoopback(Ptr<NetDevice> device, const std::string& name);

    /**
     * @brief Lose packets that arrive at a device.
     * @param device the receiver
     * @param loss the error model that decides; it works behind any cut. On a serial line, what it
     *        corrupts arrives and is refused for its frame check sequence
     */
    static void SetLoss(Ptr<NetDevice> device, Ptr<ErrorModel> loss);

    /**
     * @brief The direction of a link that ends at a device, as something to cut.
     * @param receiver the device
     * @return its wire
     */
    static WireDirection GetWireTo(Ptr<NetDevice> receiver);

    /**
     * @brief The outage model of the direction that ends at a device, made if it has none.
     * @param receiver the device, other than a SerialNetDevice, which needs none
     * @return its outage model
     */
    static Ptr<OutageErrorModel> GetOutageModel(Ptr<NetDevice> receiver);

  private:
    /**
     * @brief The other device of a link.
     * @param device one device
     * @return the other one; aborts if the link has not exactly two
     */
    static Ptr<NetDevice> GetPeer(Ptr<NetDevice> device);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FAILURE_HELPER_H */
