import { Outlet } from "@tanstack/react-router";
import { isAdmin, useUser } from "@/auth/use-session";
import { ForbiddenPage } from "./states";

export function AdminsOnly() {
  return isAdmin(useUser()) ? <Outlet /> : <ForbiddenPage />;
}
