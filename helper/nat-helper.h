/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_HELPER_H
#define KEEPALIVE_NAT_HELPER_H

#include "ns3/attribute.h"
#include "ns3/nat-box.h"
#include "ns3/net-device.h"
#include "ns3/object-factory.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Makes routers NATs or firewalls.
 *
 * @code
   NatHelper nat("linux-conntrack");
   nat.SetAttribute("UdpTimeout", TimeValue(Seconds(60)));
   Ptr<NatBox> box = nat.Install(outside); // after the addresses of the router
   @endcode
 */
class NatHelper
{
  public:
    /**
     * @brief Choose how the boxes behave.
     * @param profile name of a NatProfile; aborts if there is none of that name
     */
    explicit NatHelper(const std::string& profile = "rfc");

    /**
     * @brief Set an attribute of the boxes to come.
     * @param name its name, such as "Firewall"
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Make a router a NAT or firewall, and aggregate the box to it.
     * @param outside the device outside, with an interface of the Internet stack
     * @return the box
     */
    Ptr<NatBox> Install(Ptr<NetDevice> outside) const;

  private:
    ObjectFactory m_boxes; //!< makes the boxes
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_HELPER_H */
